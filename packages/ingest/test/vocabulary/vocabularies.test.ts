import { describe, expect, test } from "vitest";
import { ageBand } from "../../src/vocabulary/age-band.ts";
import { isAreaCode, isPostcode } from "../../src/vocabulary/area.ts";
import { deprivationDecile, deprivationQuintile } from "../../src/vocabulary/deprivation.ts";
import { ethnicity } from "../../src/vocabulary/ethnicity.ts";
import { language } from "../../src/vocabulary/language.ts";
import { sex } from "../../src/vocabulary/sex.ts";
import { carer, disability } from "../../src/vocabulary/yes-no.ts";

const [asian, black, mixed, white, other] = [
  "Asian or Asian British",
  "Black, African or Caribbean",
  "Mixed or multiple",
  "White",
  "Other ethnic group",
];

describe("ethnicity", () => {
  test.each([
    ["A", white],
    ["B", white],
    ["C", white],
    ["D", mixed],
    ["G", mixed],
    ["H", asian],
    ["L", asian],
    ["M", black],
    ["P", black],
    ["R", asian],
    ["S", other],
    ["Z", null],
    ["99", null],
    ["A*", white],
    ["1A", white],
    ["2A", mixed],
    ["3F", asian],
    ["4D", black],
    ["5Z", other],
    ["98", null],
    ["White British", white],
    ["White - British", white],
    ["A - White British", white],
    ["English, Welsh, Scottish, Northern Irish or British", white],
    ["Any other white background", white],
    ["Gypsy or Irish Traveller", white],
    ["Irish Traveller", white],
    ["Polish", white],
    ["White and Black Caribbean", mixed],
    ["Mixed: White and Asian", mixed],
    ["Any mixed or multiple ethnic groups", mixed],
    ["Pakistani", asian],
    ["Asian or Asian British - Indian", asian],
    ["Chinese", asian],
    ["Filipino", asian],
    ["Pakistani, Pakistani Scottish or Pakistani British", asian],
    ["Black British", black],
    ["Black or Black British - African", black],
    ["African, African Scottish or African British", black],
    ["Arab", other],
    ["Any other ethnic group", other],
    ["Not stated", null],
    ["Prefer not to say", null],
    ["Patient declined - not stated", null],
  ])("%s", (text, group) => {
    expect(ethnicity.read(text)).toEqual({ group });
  });
  test.each(["Klingon", "7", "QQ"])("%s is not known", (text) => {
    expect(ethnicity.read(text)).toBeUndefined();
  });
});

test.each([
  [sex, "1", "Male"],
  [sex, "2", "Female"],
  [sex, "9", "Indeterminate"],
  [sex, "0", null],
  [sex, "X", null],
  [sex, "f", "Female"],
  [sex, "M - Male", "Male"],
  [sex, "Not specified", null],
  [disability, "Y", "Yes"],
  [disability, "No known disability", "No"],
  [disability, "Unknown", null],
  [disability, "Day-to-day activities limited a lot", "Yes"],
  [carer, "Not a carer", "No"],
  [carer, "TRUE", "Yes"],
  [language, "en", "English"],
  [language, "pol", "Polish"],
  [language, "cym", "Welsh"],
  [language, "ur", "Urdu"],
  [language, "Kurdish (Sorani)", "Kurdish (Sorani)"],
  [language, "BSL", "British Sign Language"],
  [ageBand, "65-74", "65 to 74"],
  [ageBand, "85+", "85 and over"],
  [ageBand, "Aged 18 to 39 years", "18 to 39"],
  [deprivationQuintile, "1", "1"],
  [deprivationQuintile, "Q5", "5"],
  [deprivationQuintile, "Most deprived", "1"],
  [deprivationQuintile, "5 - least deprived", "5"],
  [deprivationQuintile, "1 (most deprived)", "1"],
  [deprivationQuintile, "Most deprived 20%", "1"],
  [deprivationQuintile, "Quintile 3", "3"],
  [deprivationQuintile, "second most deprived", "2"],
  [deprivationQuintile, "1st", "1"],
  [deprivationQuintile, "2.0", "2"],
  [deprivationDecile, "10", "10"],
  [deprivationDecile, "Decile 7", "7"],
  [deprivationDecile, "least deprived 10%", "10"],
])("%#: “%s” means %s", (vocabulary, text, group) => {
  expect([text, vocabulary.read(text)]).toEqual([text, { group }]);
});

test("a fifth above 5 and a tenth above 10 are not known", () => {
  expect(deprivationQuintile.read("6")).toBeUndefined();
  expect(deprivationDecile.read("11")).toBeUndefined();
});

test("areas and postcodes by their shape", () => {
  for (const code of ["E01000001", "w01001234", "S01006506", "95AA01S1", "N20000001"])
    expect([code, isAreaCode(code)]).toEqual([code, true]);
  for (const code of ["E02000001", "E0100000", "AB1 2CD"]) expect(isAreaCode(code)).toBe(false);
  for (const code of ["AB1 2CD", "ab12cd", "SW1A 1AA"]) expect(isPostcode(code)).toBe(true);
  for (const code of ["AB1", "E01000001", "12345"]) expect(isPostcode(code)).toBe(false);
});

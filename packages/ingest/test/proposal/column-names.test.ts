import { expect, test } from "vitest";
import { columnWords } from "../../src/proposal/column-name.ts";
import { ColumnProfiler } from "../../src/proposal/column-profile.ts";
import { proposeMapping } from "../../src/proposal/propose-mapping.ts";
import { waitBand } from "../../src/proposal/wait-band.ts";

const date = ["2024-06-05", "2024-06-21", "2024-07-01", "2024-07-01"];
const kinds: Record<string, readonly string[]> = {
  date,
  id: ["A1", "A2", "A3", "A4"],
  few: ["North", "South", "North", "South"],
  number: ["1", "2", "3", "1"],
  sex: ["F", "M", "F", "M"],
  ethnic: ["A", "B", "H", "Z"],
  yes: ["Y", "N", "Y", "N"],
  lsoa: ["E01000001", "E01000002", "E01000003", "E01000001"],
  postcode: ["AB1 2CD", "AB1 2CE", "AB1 2CF", "AB1 2CD"],
  fifth: ["1", "5", "3", "2"],
  tenth: ["1", "10", "3", "2"],
  language: ["en", "pl", "en", "ur"],
  band: ["18-39", "40-64", "18-39", "85+"],
};

// Names as record systems write them, and the field that each must be read as.
test.each([
  ["Date of referral", "date", "dateReferred"],
  ["RefRecDate", "date", "dateReferred"],
  ["ReferralRequestReceivedDate", "date", "dateReferred"],
  ["REFERRAL_DT", "date", "dateReferred"],
  ["Date Referred", "date", "dateReferred"],
  ["Referral Date", "date", "dateReferred"],
  ["date_received", "date", "dateReferred"],
  ["Referred On", "date", "dateReferred"],
  ["date_accepted", "date", "dateAccepted"],
  ["RefAcceptedDate", "date", "dateAccepted"],
  ["Rejection date", "date", "dateDeclined"],
  ["date_declined", "date", "dateDeclined"],
  ["FirstContactDate", "date", "dateFirstContact"],
  ["First Appt Date", "date", "dateFirstContact"],
  ["Date first seen", "date", "dateFirstContact"],
  ["date_first_contact", "date", "dateFirstContact"],
  ["Discharge Date", "date", "dateCompleted"],
  ["date_completed", "date", "dateCompleted"],
  ["Date removed from list", "date", "dateRemoved"],
  ["date_removed", "date", "dateRemoved"],
  ["DOB", "date", "birthDate"],
  ["date_of_birth", "date", "birthDate"],
  ["referral_id", "id", "referralId"],
  ["Referral Number", "id", "referralId"],
  ["UBRN", "id", "referralId"],
  ["Ref", "id", "referralId"],
  ["Ref no", "id", "referralId"],
  ["RefNo", "id", "referralId"],
  ["Our reference", "id", "referralId"],
  ["Ref", "date", "dateReferred"],
  ["UNIQUE SERVICE REQUEST IDENTIFIER", "id", "referralId"],
  ["person_id", "id", "personId"],
  ["Patient No", "id", "personId"],
  ["Client ID", "id", "personId"],
  ["LocalPatientId", "id", "personId"],
  ["Service User ID", "id", "personId"],
  ["Ethnic Category", "ethnic", "ethnicity"],
  ["Ethnic_Code", "ethnic", "ethnicity"],
  ["ethnicity", "ethnic", "ethnicity"],
  ["Gender", "sex", "sex"],
  ["sex", "sex", "sex"],
  ["Is Disabled", "yes", "disability"],
  ["disability", "yes", "disability"],
  ["Unpaid carer", "yes", "carer"],
  ["Main language", "language", "language"],
  ["LSOA", "lsoa", "areaCode"],
  ["lsoa21cd", "lsoa", "areaCode"],
  ["Data Zone", "lsoa", "areaCode"],
  ["Postcode", "postcode", "postcode"],
  ["PCDS", "postcode", "postcode"],
  ["IMD Quintile", "fifth", "deprivationQuintile"],
  ["SIMD2020 Decile", "tenth", "deprivationDecile"],
  ["imd_decile", "tenth", "deprivationDecile"],
  ["Age at referral", "number", "age"],
  ["Age band", "band", "ageBand"],
  ["Team name", "few", "team"],
  ["Service", "few", "service"],
  ["Referral source", "few", "source"],
  ["Priority", "few", "urgency"],
  ["DNAs", "number", "contactsMissed"],
  ["contacts_attended", "number", "contactsAttended"],
  ["contacts_cancelled", "number", "contactsCancelled"],
  ["Score before", "number", "scoreBefore"],
  ["outcome_score_after", "number", "scoreAfter"],
  ["Decline reason", "few", "declineReason"],
  ["removal_reason", "few", "removalReason"],
  ["outcome_measure", "few", "outcomeMeasure"],
] as const)("%s (%s) is read as %s", (name, kind, field) => {
  const filler = new ColumnProfiler(field === "dateReferred" ? "Zzz" : "Date of referral");
  const profile = new ColumnProfiler(name);
  for (let row = 0; row < 4; row++) {
    profile.add(kinds[kind]![row]!);
    filler.add(date[row]!);
  }
  const { proposals } = proposeMapping([profile, filler]);
  expect(proposals[0]?.as).toMatchObject({ role: "field", field });
});

test.each([
  ["deprivation", "Deprivation (as recorded)"],
  ["Age", "Age (as recorded)"],
  ["Housing tenure", "Housing tenure"],
  ["Reference", "Reference"],
])("%s of other words than Taproot's is a characteristic called %s", (name, characteristic) => {
  const profile = new ColumnProfiler(name);
  const filler = new ColumnProfiler("Date of referral");
  for (let row = 0; row < 8; row++) {
    profile.add(row % 2 ? "Higher" : "Lower");
    filler.add(date[row % 4]!);
  }
  const { proposals } = proposeMapping([profile, filler]);
  expect(proposals[0]?.as).toEqual({ role: "characteristic", characteristic });
});

test.each([
  ["w0_1", { fromWeeks: 0, toWeeks: 1 }],
  ["w104plus", { fromWeeks: 104 }],
  ["52plus", { fromWeeks: 52 }],
  ["0-1 weeks", { fromWeeks: 0, toWeeks: 1 }],
  ["18 to 52", { fromWeeks: 18, toWeeks: 52 }],
  ["Number waiting 0 to 4 weeks", { fromWeeks: 0, toWeeks: 4 }],
  ["over 52 weeks", { fromWeeks: 52 }],
  ["Number waiting more than four weeks", { fromWeeks: 4 }],
  ["52+ weeks", { fromWeeks: 52 }],
  ["under 4 weeks", { fromWeeks: 0, toWeeks: 4 }],
  ["Percentage waiting 0 to 4 weeks", undefined],
  ["Age 18 to 39", undefined],
] as const)("%s as a band of waits", (name, band) => {
  expect(waitBand(name)).toEqual(band);
});

test("names come apart into words", () => {
  expect(columnWords("NHSNumber (pseudo)")).toBe("nhs number pseudo");
  expect(columnWords("date_of-birth")).toBe("date of birth");
});

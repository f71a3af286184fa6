import { CsvPage } from "./csv-page.ts";
import type { DemoArea } from "./demo-areas.ts";
import { AT, DEMO_CHARACTERISTICS } from "./demo-characteristic.ts";
import type { Spoiling } from "./dirty-rows.ts";
import { NEVER, type Referral } from "./pathway.ts";
import { ETHNIC_CODES, type Person } from "./people.ts";
import type { RandomStream } from "./random.ts";
import {
  DECLINE_REASONS,
  DEMO_SERVICES,
  DEMO_SETTINGS,
  DEMO_SOURCES,
  DEMO_URGENCIES,
  REMOVAL_REASONS_AFTER,
  REMOVAL_REASONS_BEFORE,
} from "./service-model.ts";

const encodedAll = (texts: readonly string[]) => texts.map(CsvPage.encoded);

const BLANK = CsvPage.encoded("");
const NOT_KNOWN = CsvPage.encoded("Not known");
const NOT_STATED = CsvPage.encoded("Z");
const IMPOSSIBLE_DATE = CsvPage.encoded("31/02/2025");
const UNKNOWN_CODE = CsvPage.encoded("X9");
const SERVICES = encodedAll(DEMO_SERVICES.map((service) => service.name));
const MEASURES = encodedAll(DEMO_SERVICES.map((service) => service.measure));
const URGENCIES = encodedAll(DEMO_URGENCIES.map((urgency) => urgency.name));
const SOURCES = encodedAll(DEMO_SOURCES);
const SETTINGS = encodedAll(DEMO_SETTINGS);
const DECLINES = encodedAll(DECLINE_REASONS);
const BEFORE = encodedAll(REMOVAL_REASONS_BEFORE);
const AFTER = encodedAll(REMOVAL_REASONS_AFTER);
const ETHNIC = ETHNIC_CODES.map(encodedAll);
const GROUPS = DEMO_CHARACTERISTICS.map((each) => encodedAll(each.groups));

/** Share of area codes in the file that no table holds. */
const UNMATCHED_SHARE = 0.003;

/** Writes referrals as rows in the order of the demo's columns. */
export class RowWriter {
  readonly #page: CsvPage;
  readonly #random: RandomStream;
  readonly #areas: readonly Uint8Array[];
  readonly #teams: readonly Uint8Array[];

  constructor(page: CsvPage, areas: readonly DemoArea[], random: RandomStream) {
    this.#page = page;
    this.#random = random;
    this.#areas = areas.map((area) => CsvPage.encoded(area.area));
    this.#teams = areas.map((area) => CsvPage.encoded(`${area.locality} team`));
  }

  /** Makes some areas unmatched: their code is in no table, and so their deprivation is not known. */
  unmatch(recorded: Uint8Array): boolean {
    if (recorded[AT.deprivation] === 0 || this.#random.uniform() >= UNMATCHED_SHARE) return false;
    recorded[AT.deprivation] = 0;
    recorded[AT.rurality] = 0;
    return true;
  }

  write(
    number: number,
    personNumber: number,
    referral: Referral,
    person: Person,
    recorded: Uint8Array,
    unmatched: boolean,
    spoiling: Spoiling | undefined,
  ): void {
    const page = this.#page;
    page.identifier(82, number, 8);
    page.identifier(80, personNumber, 8);
    if (spoiling?.impossibleReferralDate) page.text(IMPOSSIBLE_DATE);
    else page.date(referral.referred);
    page.text(SERVICES[referral.service]!);
    page.text(this.#teams[person.area]!);
    page.text(SETTINGS[referral.setting]!);
    page.text(SOURCES[referral.source]!);
    page.text(URGENCIES[referral.urgency]!);
    if (recorded[AT.age] === 0 && referral.age <= 120) page.text(BLANK);
    else page.number(referral.age);
    this.#group(AT.sex, recorded);
    if (spoiling?.unknownEthnicCode) page.text(UNKNOWN_CODE);
    else if (recorded[AT.ethnicity] === 0)
      page.text(this.#random.uniform() < 0.4 ? NOT_STATED : BLANK);
    else page.text(ETHNIC[recorded[AT.ethnicity]! - 1]![person.ethnicCode]!);
    this.#group(AT.disability, recorded);
    this.#group(AT.language, recorded);
    this.#group(AT.carer, recorded);
    this.#group(AT.inclusion, recorded);
    this.#group(AT.digital, recorded);
    if (unmatched) page.identifier(68, 1999000 + (number % 1000), 8);
    else page.text(recorded[AT.deprivation] === 0 ? BLANK : this.#areas[person.area]!);
    this.#events(referral);
    page.endRow();
  }

  #events(referral: Referral): void {
    const page = this.#page;
    const seen = referral.firstContact !== NEVER;
    page.date(referral.accepted);
    page.date(referral.declined);
    page.text(referral.declined === NEVER ? BLANK : DECLINES[referral.declineReason]!);
    page.date(referral.firstContact);
    page.number(referral.attended);
    page.number(referral.missed);
    page.number(referral.cancelled);
    page.date(referral.completed);
    page.date(referral.removed);
    const reasons = seen ? AFTER : BEFORE;
    page.text(referral.removed === NEVER ? BLANK : reasons[referral.removalReason]!);
    page.text(seen ? MEASURES[referral.service]! : BLANK);
    page.tenths(seen ? referral.scoreBefore : -1);
    page.tenths(seen ? referral.scoreAfter : -1);
  }

  #group(characteristic: number, recorded: Uint8Array): void {
    const group = recorded[characteristic]!;
    if (group > 0) this.#page.text(GROUPS[characteristic]![group - 1]!);
    else this.#page.text(this.#random.uniform() < 0.3 ? NOT_KNOWN : BLANK);
  }
}

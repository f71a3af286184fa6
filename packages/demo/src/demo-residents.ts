import { AGE_BANDS } from "@taproot/model";
import { dayOf, demandByDay } from "./demand.ts";
import { type DemoArea, demoAreas } from "./demo-areas.ts";
import { checkNeedGaps, DEFAULT_NEED_GAPS, hasNeedGap, type PlantedNeedGap } from "./need-gap.ts";
import { AGE_FROM, AGE_WIDTH, ageBand, areaShares, personKinds } from "./people.ts";
import { mixed, RandomStream } from "./random.ts";
import { cellOf, type DemoPopulation, groupsOf, summed, WIDTH } from "./resident-cells.ts";

/** Which of them are crossed in what people see, as a census would publish them. */
const TABLES = [
  ["ethnicity", "age", "sex"],
  ["age", "sex", "disability"],
  ["age", "sex", "carer"],
] as const;

/** How often residents are referred, by band of age from 18: they need more when they are older. */
const REFERRED_BY_AGE = [1, 2, 4, 7.5, 12];
/** How often women and girls are referred beside men and boys. */
const REFERRED_FEMALE = 1.27;
/** How much more often disabled people, and unpaid carers, are referred than others of their age and sex. */
const REFERRED_DISABLED = 3;
const REFERRED_CARER = 1.5;
/** Children beside each adult, who are not referred: of White people, and of others. */
const CHILDREN_OF_WHITE = 0.22;
const CHILDREN_OF_OTHERS = 0.38;
const CHILDREN_FEMALE = 0.49;
const CHILDREN_DISABLED = 0.07;
const RESIDENTS_AN_AREA = 1650;

/**
 * Who lives in the made-up areas. They are made so that the demo's referrals are what their age and sex let expect,
 * except where a need gap is planted: there live more people than are referred. Ages run on as they do in the referrals.
 * Whole numbers, the same each time.
 */
export function demoPopulations(
  options: {
    readonly areas?: readonly DemoArea[];
    /** What to plant at the step “referred”; the default story unless told, nothing with an empty list. */
    readonly needGaps?: readonly PlantedNeedGap[];
  } = {},
): readonly DemoPopulation[] {
  const areas = options.areas ?? demoAreas();
  const gaps = options.needGaps ?? DEFAULT_NEED_GAPS;
  checkNeedGaps(
    gaps,
    areas.map(({ area }) => area),
  );
  const residents = demoResidents(areas, gaps);
  return TABLES.map((characteristics) => summed(residents, areas.length, characteristics));
}

/** How many people live in the group of each of these gaps, where all of them are planted. */
export function residentsOfGaps(
  areas: readonly DemoArea[],
  gaps: readonly PlantedNeedGap[],
): readonly number[] {
  const residents = demoResidents(areas, gaps);
  return gaps.map((gap) => {
    let people = 0;
    areas.forEach((area, index) => {
      for (let cell = 0; cell < WIDTH; cell++)
        if (hasNeedGap(gap, area.area, groupsOf(area, cell)))
          people += residents[index * WIDTH + cell]!;
    });
    return people;
  });
}

function demoResidents(areas: readonly DemoArea[], gaps: readonly PlantedNeedGap[]): Float64Array {
  return wholeNumbers(expectedResidents(areas, gaps), areas.length);
}

/** Residents by area and finest cell, not yet whole numbers. */
function expectedResidents(
  areas: readonly DemoArea[],
  gaps: readonly PlantedNeedGap[],
): Float64Array {
  const shares = areaShares(areas);
  const bands = bandsAtReferral();
  const byQuintile = [1, 2, 3, 4, 5].map((quintile) => residentsOfQuintile(quintile, bands));
  const total = areas.reduce(
    (sum, { quintile }, area) =>
      sum + shares[area]! * byQuintile[quintile - 1]!.reduce((of, each) => of + each, 0),
    0,
  );
  const residents = new Float64Array(areas.length * WIDTH);
  areas.forEach((area, index) => {
    const scale = (shares[index]! * RESIDENTS_AN_AREA * areas.length) / total;
    const cells = byQuintile[area.quintile - 1]!;
    for (let cell = 0; cell < WIDTH; cell++)
      residents[index * WIDTH + cell] = scale * cells[cell]! * plantedFactor(gaps, area, cell);
  });
  return residents;
}

/** Residents behind the referrals of one area of a fifth, by finest cell, in an arbitrary unit. */
function residentsOfQuintile(quintile: number, bands: readonly Float64Array[]): Float64Array {
  const referred = new Float64Array(WIDTH);
  for (const kind of personKinds(quintile))
    bands[kind.band]!.forEach((share, age) => {
      referred[cellOf(kind.ethnicity, age, kind.sex, kind.disability, kind.carer)]! +=
        kind.share * share;
    });
  const residents = new Float64Array(WIDTH);
  for (let ethnicity = 0; ethnicity < 5; ethnicity++) {
    let adults = 0;
    for (let age = 1; age < AGE_BANDS.length; age++)
      for (let sex = 0; sex < 2; sex++) {
        const at = (cell: number) => cellOf(ethnicity, age, sex, cell >> 1, cell & 1);
        const all = [0, 1, 2, 3].map((cell) => referred[at(cell)]!);
        const rate = REFERRED_BY_AGE[age - 1]! * (sex === 0 ? REFERRED_FEMALE : 1);
        const people = all.reduce((sum, each) => sum + each, 0) / rate;
        adults += people;
        // Within an age and sex disabled people and carers are fewer among residents than among those referred.
        const weights = all.map(
          (each, cell) =>
            each / (cell < 2 ? REFERRED_DISABLED : 1) / (cell & 1 ? 1 : REFERRED_CARER),
        );
        const weight = weights.reduce((sum, each) => sum + each, 0);
        weights.forEach((each, cell) => {
          residents[at(cell)] = weight > 0 ? (people * each) / weight : 0;
        });
      }
    const children = adults * (ethnicity === 3 ? CHILDREN_OF_WHITE : CHILDREN_OF_OTHERS);
    for (let sex = 0; sex < 2; sex++) {
      const of = children * (sex === 0 ? CHILDREN_FEMALE : 1 - CHILDREN_FEMALE);
      residents[cellOf(ethnicity, 0, sex, 0, 1)] = of * CHILDREN_DISABLED;
      residents[cellOf(ethnicity, 0, sex, 1, 1)] = of * (1 - CHILDREN_DISABLED);
    }
  }
  return residents;
}

/** Of the people drawn in each band of age, the shares in each of the model's bands when they are referred. */
function bandsAtReferral(): readonly Float64Array[] {
  const years = yearsPassed();
  return AGE_FROM.map((from, band) => {
    const shares = new Float64Array(AGE_BANDS.length);
    for (let year = 0; year < AGE_WIDTH[band]!; year++)
      years.forEach((share, passed) => {
        shares[ageBand(from + year + passed) - 1]! += share / AGE_WIDTH[band]!;
      });
    return shares;
  });
}

/** By how many birthdays have passed since the first day of the demo: the share of referrals. */
function yearsPassed(): readonly number[] {
  const [first, last] = [dayOf("2022-10-01"), dayOf("2025-09-30")];
  const running = demandByDay(first, last);
  const passed = [0, 0, 0, 0];
  running.forEach((until, day) => {
    const share = (until - (running[day - 1] ?? 0)) / 365;
    for (let birthday = 0; birthday < 365; birthday++)
      passed[Math.floor((day + birthday) / 365.25)]! += share;
  });
  return passed;
}

/** By how much more people live in a cell of an area than its referrals let expect. */
function plantedFactor(gaps: readonly PlantedNeedGap[], area: DemoArea, cell: number): number {
  return gaps.reduce(
    (factor, gap) =>
      hasNeedGap(gap, area.area, groupsOf(area, cell)) ? factor / (1 + gap.percent / 100) : factor,
    1,
  );
}

/** Whole people: what is cut off in one area is made up in the next, so that each cell's borough total is kept. */
function wholeNumbers(expected: Float64Array, areas: number): Float64Array {
  const random = new RandomStream(mixed(1, 31));
  const whole = new Float64Array(expected.length);
  for (let cell = 0; cell < WIDTH; cell++) {
    let running = random.uniform();
    for (let area = 0; area < areas; area++) {
      const before = Math.floor(running);
      running += expected[area * WIDTH + cell]!;
      whole[area * WIDTH + cell] = Math.floor(running) - before;
    }
  }
  return whole;
}

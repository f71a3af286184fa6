import { type Cube, clockIsRecorded } from "@taproot/engine";
import {
  CLOCKS,
  type Clock,
  DOMAINS,
  type Domain,
  READY_VIEWS,
  type ReadyView,
  type ReadyViewSettings,
  STEPS,
  type Step,
  standardCharacteristic,
} from "@taproot/model";
import type { WorkspaceState } from "@taproot/workspace";
import type { LoadedData } from "./loaded-data.ts";

/** A ready view as this service has it. */
export interface ReadyViewHere extends ReadyView {
  /** True where the service changed what matters. */
  readonly changed: boolean;
}

/** Something that matters in a setting, and whether the open file can say anything about it. */
export interface Supported<T> {
  readonly of: T;
  readonly label: string;
  readonly supported: boolean;
}

/** What a ready view asks of the open file, part by part. */
export interface ReadyViewSupport {
  readonly characteristics: readonly Supported<string>[];
  readonly steps: readonly Supported<Step>[];
  readonly clocks: readonly Supported<Clock>[];
  readonly outcomes: boolean;
}

/** Every ready view, with what the service changed. */
export async function readyViewsHere(state: WorkspaceState): Promise<readonly ReadyViewHere[]> {
  const changes = await state.readyViews();
  return READY_VIEWS.map((view) => {
    const stored = changes.get(view.name);
    return {
      ...view,
      settings:
        stored === undefined ? view.settings : settingsOf(JSON.parse(stored), view.settings),
      changed: stored !== undefined,
    };
  });
}

/** Settings as they were stored; a name that Taproot no longer knows is left out. */
function settingsOf(stored: unknown, otherwise: ReadyViewSettings): ReadyViewSettings {
  if (typeof stored !== "object" || stored === null) return otherwise;
  const list = (name: keyof ReadyViewSettings): readonly unknown[] => {
    const value = (stored as Record<string, unknown>)[name];
    return Array.isArray(value) ? value : otherwise[name];
  };
  return {
    characteristics: list("characteristics").filter((one) => typeof one === "string"),
    steps: STEPS.filter((step) => list("steps").includes(step)),
    clocks: CLOCKS.map((clock) => clock.name).filter((name) => list("clocks").includes(name)),
    domains: DOMAINS.filter((domain) => list("domains").includes(domain)),
  };
}

/** What a form says that matters. Characteristics are those of the file and those that the view had. */
export function settingsFromForm(
  form: URLSearchParams,
  choices: readonly string[],
): ReadyViewSettings {
  const ticked = <T extends string>(name: string, all: readonly T[]): readonly T[] =>
    all.filter((one) => form.getAll(name).includes(one));
  return {
    characteristics: ticked("characteristic", choices),
    steps: ticked<Step>("step", STEPS),
    clocks: ticked(
      "clock",
      CLOCKS.map((clock) => clock.name),
    ),
    domains: ticked<Domain>("domain", DOMAINS),
  };
}

/** The characteristics that a ready view may look at: its own, and every one of people and places in the file. */
export function characteristicChoices(
  view: ReadyView,
  cube: Pick<Cube, "characteristics">,
): readonly { readonly name: string; readonly label: string }[] {
  const ofFile = cube.characteristics
    .filter((one) => one.about !== "time")
    .map(({ name, label }) => ({ name, label }));
  const others = view.settings.characteristics
    .filter((name) => !ofFile.some((one) => one.name === name))
    .map((name) => ({ name, label: standardCharacteristic(name).label }));
  return [...ofFile, ...others];
}

/** Which parts of a ready view the open file can support. */
export function supportOf(
  { settings }: ReadyView,
  { about, people, dataset }: LoadedData,
): ReadyViewSupport {
  const { description } = dataset.manifest;
  const needed =
    people.population !== undefined || (description?.present.includes("area") ?? false);
  return {
    characteristics: settings.characteristics.map((name) => {
      const here = about.characteristics.find((one) => one.name === name);
      return {
        of: name,
        label: here?.label ?? standardCharacteristic(name).label,
        supported: here?.groups.some((group) => !group.unknown) ?? false,
      };
    }),
    steps: settings.steps.map((step) => ({
      of: step,
      label: step,
      supported: step === "needed" ? needed : about.steps.includes(step),
    })),
    clocks: CLOCKS.filter((clock) => settings.clocks.includes(clock.name)).map((clock) => ({
      of: clock,
      label: clock.label,
      supported: description
        ? clockIsRecorded(description, clock)
        : people.waitBands !== undefined && clock.from === "referred" && clock.to === "seen",
    })),
    outcomes: about.steps.includes("improved"),
  };
}

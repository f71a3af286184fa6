import type { Characteristic } from "@taproot/model";
import type { PageFrame } from "../components/layout.tsx";
import { type WhyChoices, type WhyOffer, whyQuery } from "../server/why-choices.ts";
import type { WhyReport } from "../server/why-report.ts";
import { type View, viewAddress } from "../words/choices.ts";

/** What every part of the page of reasons is given. */
export interface WhyProps {
  readonly frame: PageFrame;
  readonly report: WhyReport;
  readonly choices: WhyChoices;
  readonly offer: WhyOffer;
  readonly characteristics: readonly Characteristic[];
  /** True where the data say how many people could need the service. */
  readonly population: boolean;
  /** True where the groups that differ are told from units that were sampled, so that intervals are too narrow. */
  readonly units: boolean;
  readonly view: View;
}

/** The address of a view of this page; what is changed goes in `choices`. */
export function whyAddress(view: View, choices: WhyChoices, path = "/why"): string {
  return viewAddress(path, kept(view), whyQuery(choices));
}

/** What every address of this page keeps: the part of the service, and the characteristics of a ready view. */
function kept({ selection, only }: View): Partial<View> {
  return { selection, ...(only ? { only } : {}) };
}

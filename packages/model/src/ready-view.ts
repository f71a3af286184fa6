import type { Step } from "./step.ts";

/** What of a person's life an outcome is about. */
export const DOMAINS = ["person", "environment", "occupation"] as const;

/** One of {@link DOMAINS}. */
export type Domain = (typeof DOMAINS)[number];

/** What matters in a setting: chosen by the report's chapter, changed by the service. */
export interface ReadyViewSettings {
  /** Names of standard characteristics, or of columns of the service's own. */
  readonly characteristics: readonly string[];
  readonly steps: readonly Step[];
  /** Names of clocks. */
  readonly clocks: readonly string[];
  /** Which changes count here. */
  readonly domains: readonly Domain[];
}

/** One of the settings that *Roots of recovery* writes of, ready to be looked at. */
export interface ReadyView {
  readonly name: string;
  readonly label: string;
  /** What a lead in this setting asks first. */
  readonly question: string;
  /** What is particular to it, in one or two sentences. */
  readonly about: string;
  readonly settings: ReadyViewSettings;
}

/**
 * Ready views for the settings of the report: its chapters (primary care, housing, children and families, community
 * rehabilitation, community mental health, criminal justice) and what runs through them (employment, education, the
 * voluntary sector). Source: Royal College of Occupational Therapists, *Roots of recovery*.
 */
export const READY_VIEWS: readonly ReadyView[] = [
  {
    name: "primary-care",
    label: "Primary care",
    question: "Who in the practice’s population needs us and is never referred?",
    about:
      "The practice’s whole population is known, so that people who never ask can be seen: groups at risk of being left out, and what happens before a referral.",
    settings: {
      characteristics: ["deprivation", "ethnicity", "age", "inclusion", "language", "source"],
      steps: ["needed", "referred", "accepted", "seen"],
      clocks: ["community"],
      domains: ["person", "environment", "occupation"],
    },
  },
  {
    name: "housing",
    label: "Housing",
    question: "Who waits longest for a home that they can live in?",
    about:
      "Adaptations and equipment. A disabled facilities grant must be decided within six months of the application. Two thirds of the applications are for people over 60.",
    settings: {
      characteristics: ["deprivation", "age", "disability", "rurality", "carer", "place"],
      steps: ["referred", "accepted", "seen", "completed"],
      clocks: ["adaptations", "community"],
      domains: ["environment", "occupation"],
    },
  },
  {
    name: "children",
    label: "Children and families",
    question: "Which children are not reached early?",
    about:
      "Universal, targeted and specialist help. Young carers, looked-after children and families with another main language are easily missed.",
    settings: {
      characteristics: [
        "deprivation",
        "ethnicity",
        "age",
        "sex",
        "language",
        "inclusion",
        "carer",
        "source",
      ],
      steps: ["needed", "referred", "accepted", "seen", "improved"],
      clocks: ["community", "decision"],
      domains: ["person", "occupation"],
    },
  },
  {
    name: "rehabilitation",
    label: "Community rehabilitation",
    question: "Who starts rehabilitation and who completes it?",
    about:
      "Access is known to be unequal. What counts is being seen soon, staying until the end, and whether it helped.",
    settings: {
      characteristics: ["deprivation", "ethnicity", "age", "disability", "rurality", "digital"],
      steps: ["accepted", "seen", "completed", "improved"],
      clocks: ["community", "accepted-to-seen", "treatment"],
      domains: ["person", "environment", "occupation"],
    },
  },
  {
    name: "mental-health",
    label: "Community mental health",
    question: "Who is turned away, and who leaves before being seen?",
    about:
      "A drawn-out referral is a barrier in itself. Some communities have higher need, poorer access and a poorer experience at once.",
    settings: {
      characteristics: ["deprivation", "ethnicity", "age", "sex", "inclusion", "source"],
      steps: ["referred", "accepted", "seen", "completed", "improved"],
      clocks: ["community", "decision"],
      domains: ["person", "occupation"],
    },
  },
  {
    name: "criminal-justice",
    label: "Criminal justice",
    question: "Who is lost between prison and the community?",
    about:
      "Life skills, re-integration and vocational rehabilitation, in prison and after it. Inclusion health groups and people with no fixed area matter most.",
    settings: {
      characteristics: ["ethnicity", "age", "disability", "inclusion", "source", "setting"],
      steps: ["referred", "accepted", "seen", "completed"],
      clocks: ["community", "accepted-to-seen"],
      domains: ["person", "environment", "occupation"],
    },
  },
  {
    name: "employment",
    label: "Employment",
    question: "Who gets help to find, keep or return to work?",
    about:
      "Work is one of the things that recovery rests on. Early help counts: a long wait can cost a job.",
    settings: {
      characteristics: ["deprivation", "ethnicity", "age", "sex", "disability", "carer"],
      steps: ["referred", "seen", "completed", "improved"],
      clocks: ["community", "accepted-to-seen"],
      domains: ["occupation", "environment"],
    },
  },
  {
    name: "education",
    label: "Education",
    question: "Which pupils and students are not reached?",
    about:
      "Schools, colleges and universities. Help comes through teachers, so that who refers decides who is reached.",
    settings: {
      characteristics: ["deprivation", "ethnicity", "age", "sex", "disability", "source"],
      steps: ["needed", "referred", "accepted", "seen", "improved"],
      clocks: ["community", "decision"],
      domains: ["occupation", "person"],
    },
  },
  {
    name: "voluntary-sector",
    label: "Voluntary sector",
    question: "Whom do we reach that others do not, and whom do we miss?",
    about:
      "Groups that statutory services miss are often reached here, and self-referral is common. Numbers may be small: look at the likely range.",
    settings: {
      characteristics: ["deprivation", "ethnicity", "age", "inclusion", "language", "digital"],
      steps: ["referred", "seen", "completed", "improved"],
      clocks: ["community"],
      domains: ["person", "environment", "occupation"],
    },
  },
];

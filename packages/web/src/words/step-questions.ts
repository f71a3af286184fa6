import type { FindingStep } from "@taproot/awareness";

/**
 * What to ask, and whom, about a gap at each step. They are questions to take to people, not advice: what is tried is
 * decided with those concerned. The barriers named for missed contacts, and that audit, outreach and support to attend come
 * before any change of order, are from the King's Fund (2021 and 2023).
 */
export const STEP_QUESTIONS: Readonly<Record<FindingStep, readonly string[]>> = {
  referred: [
    "Ask the community groups that know these people: have they heard of us, and what do they expect of us?",
    "Ask those who refer: whom do they think we are for? Can people refer themselves?",
    "Look at how a referral is made: in which languages, by telephone, on paper, online only?",
  ],
  accepted: [
    "Read a few declined referrals of this group and of everyone else side by side, with the team that decides.",
    "Which rule turned them away? Does the letter say what was missing and how to ask again?",
    "Ask those who refer whether they stopped referring people like these.",
  ],
  wait: [
    "Is the list worked in one order for everybody? Who is moved up, and for which written reason?",
    "How is a first contact offered: how many times, by which means, at which hours?",
    "Audit, outreach and support to attend come first. Changing the order of a list is a person’s decision, with a reason.",
  ],
  seen: [
    "How did people leave before being seen: discharged after not answering, moved, died, changed their mind?",
    "Ask some who left what stood in the way: communication, how we meet, our system, an error, transport, the day, something personal?",
    "Does a missed contact close the referral? For whom does that rule bite?",
  ],
  completed: [
    "At which contact do people stop coming? What did that contact offer?",
    "Ask some who stopped, and some who stayed: what did it cost them to come, what was it worth?",
  ],
  improved: [
    "Were the goals theirs? What in the home, at work or around them did not change?",
    "Who has no second score? Ask before concluding: they may be the ones for whom it did not work.",
  ],
};

/** What to do whatever the step is. */
export const ALWAYS: readonly string[] = [
  "Take the finding to people of this group, and let them say what it means and what should change.",
  "Name the assets that are there: staff with time at the right place, rooms, partners, groups who meet anyway.",
  "Agree now which number will tell whether it worked, and when you will look again.",
];

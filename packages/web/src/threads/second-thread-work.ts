import { parentPort, workerData } from "node:worker_threads";
import { findings, GapSearch, RoomForSearch } from "@taproot/awareness";
import {
  type CodedReferrals,
  countShare,
  halfOfPart,
  joinShares,
  PartRoom,
  type PartTurn,
  partOfShares,
  type Selection,
} from "@taproot/engine";
import type { Answer, Question, Questions, ThreadData } from "./questions.ts";

// The second thread of a workbench: see SecondThread.

const { interruptions } = workerData as ThreadData;
let referrals: CodedReferrals;
let shared: PartRoom;
const searches = new RoomForSearch();
const own = { parts: new PartRoom(), searches: new RoomForSearch() };
let counted: { readonly selection: Selection; readonly turn: PartTurn } | undefined;
let waits: GapSearch | undefined;

class Interrupted extends Error {}

type Answers = {
  [Name in keyof Questions]: (asks: Questions[Name]["asks"]) => Questions[Name]["answers"];
};

const answers: Answers = {
  take(asks) {
    referrals = asks.referrals;
    shared = new PartRoom(asks.entries);
    return undefined;
  },
  countShare(selection) {
    const turn = shared.turn(referrals.entryCells.length);
    counted = { selection, turn };
    return countShare(referrals, selection, "second", turn);
  },
  compareWaits(starts) {
    if (!counted) throw new Error("waits are compared before they were counted");
    const part = partOfShares(referrals, counted.selection, counted.turn, starts);
    waits = new GapSearch(halfOfPart(part, "waits", shared), { room: searches });
    return waits.tested;
  },
  findInWaits(surprising) {
    if (!waits) throw new Error("waits are searched before they were compared");
    return waits.find(surprising);
  },
  lookAhead({ selection, interruptions: before }) {
    const pause = () => {
      if (Atomics.load(interruptions, 0) !== before) throw new Interrupted();
    };
    try {
      pause();
      const turn = own.parts.turn(referrals.entryCells.length);
      const first = countShare(referrals, selection, "first", turn);
      pause();
      const second = countShare(referrals, selection, "second", turn);
      const part = partOfShares(referrals, selection, turn, joinShares(first, second, turn));
      return findings(part, { pause, room: own.searches });
    } catch (error) {
      if (error instanceof Interrupted) return undefined;
      throw error;
    }
  },
};

parentPort!.on("message", ({ number, name, asks }: Question) => {
  const reply = (answer: Omit<Answer, "number">) => parentPort!.postMessage({ number, ...answer });
  try {
    // A question's name says what it asks.
    const answer = answers[name] as (asks: Question["asks"]) => unknown;
    reply({ answer: answer(asks) });
  } catch (error) {
    reply({ error });
  }
});

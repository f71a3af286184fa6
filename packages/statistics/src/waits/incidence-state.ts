// The joint delta method for one cause: the share still waiting S, the share F that has left by the cause, and the
// area A under F, with their covariances, carried from one event time to the next. Hazards at different times are
// independent, so each step adds one multinomial covariance: O(1) a step, no cancellation, and no division by the
// share that stays. Without competing causes F = 1 - S and the variance of F is Greenwood's.

/** Slots of an incidence state. */
export const INCIDENCE = {
  waiting: 0,
  came: 1,
  area: 2,
  varianceOfWaiting: 3,
  waitingWithCame: 4,
  varianceOfCame: 5,
  waitingWithArea: 6,
  cameWithArea: 7,
  varianceOfArea: 8,
} as const;

const WAITING = 0;
const CAME = 1;
const AREA = 2;
const WAITING_WAITING = 3;
const WAITING_CAME = 4;
const CAME_CAME = 5;
const WAITING_AREA = 6;
const CAME_AREA = 7;
const AREA_AREA = 8;

/** Everyone waits, nothing is known to vary. */
export function startIncidence(state: Float64Array = new Float64Array(9)): Float64Array {
  state.fill(0);
  state[WAITING] = 1;
  return state;
}

/** Lets `gap` units of time pass without an event. */
export function passTime(state: Float64Array, gap: number): void {
  const cameCame = state[CAME_CAME]!;
  state[AREA_AREA]! += gap * (2 * state[CAME_AREA]! + gap * cameCame);
  state[WAITING_AREA]! += gap * state[WAITING_CAME]!;
  state[CAME_AREA]! += gap * cameCame;
  state[AREA]! += gap * state[CAME]!;
}

/** Lets `came` of those at risk leave by the cause and `others` by any other, at one moment. */
export function meetEvents(
  state: Float64Array,
  atRisk: number,
  came: number,
  others: number,
): void {
  const hazard = came / atRisk;
  const stays = atRisk === came + others ? 0 : 1 - (came + others) / atRisk;
  const waiting = state[WAITING]!;
  const scale = (waiting * waiting) / atRisk;
  const ww = state[WAITING_WAITING]!;
  const wc = state[WAITING_CAME]!;
  state[CAME_CAME]! += hazard * (2 * wc + hazard * ww) + scale * hazard * (1 - hazard);
  state[WAITING_CAME] = stays * (wc + hazard * ww - scale * hazard);
  state[WAITING_WAITING] = stays * (stays * ww + scale * (1 - stays));
  state[CAME_AREA]! += hazard * state[WAITING_AREA]!;
  state[WAITING_AREA]! *= stays;
  state[CAME]! += waiting * hazard;
  state[WAITING] = waiting * stays;
}

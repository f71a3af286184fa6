export {
  type CapacityAssignment,
  type CapacityAssignmentOptions,
  equalTerminalWait,
  equalWaitAssignment,
  squareRootAssignment,
  squareRootStaffing,
  type TerminalWaitAssignment,
} from "./capacity-assignment.ts";
export {
  chanceOfWaitBeyond,
  erlangB,
  erlangC,
  multiServerQueue,
  type SteadyQueue,
} from "./erlang.ts";
export {
  accumulatingPriorityWaits,
  conservedWait,
  type ServiceClass,
  strictPriorityWaits,
} from "./priority-queue.ts";
export { type AbandonedQueue, queueWithAbandonment } from "./queue-with-abandonment.ts";
export {
  queueLoad,
  reliefCapacity,
  shareBeyondTarget,
  type TargetCapacityOptions,
  targetCapacity,
  targetMeanWait,
  targetQueueSize,
  waitingListPressure,
} from "./waiting-list.ts";
export {
  type DayPeriod,
  queueSizes,
  type WaitingListDays,
  type WaitingListStatistics,
  waitingListStatistics,
} from "./waiting-list-statistics.ts";

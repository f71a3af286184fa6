import {
  accumulatingPriorityWaits,
  type CapacityAssignment,
  chanceOfWaitBeyond,
  equalTerminalWait,
  equalWaitAssignment,
  isAbsent,
  multiServerQueue,
  queueLoad,
  queueWithAbandonment,
  type Result,
  reliefCapacity,
  squareRootAssignment,
  strictPriorityWaits,
  targetCapacity,
  targetMeanWait,
  targetQueueSize,
  waitingListPressure,
} from "@taproot/statistics";
import {
  type Measure,
  type MeasureColumn,
  type MeasureGroup,
  type MeasureResult,
  WrongUsage,
} from "../measure.ts";

const column = (name: string, description: string, optional = false): MeasureColumn => ({
  name,
  kind: "number",
  description,
  ...(optional && { optional }),
});
const outcomeOf = (value: Result<number>): MeasureResult["outcome"] =>
  isAbsent(value) ? value : { value };
const parts = (entries: Record<string, Result<number>>): MeasureResult[] =>
  Object.entries(entries).map(([part, value]) => ({ keys: { part }, outcome: outcomeOf(value) }));
const optionalNumbers = (group: MeasureGroup, name: string) =>
  group.has(name) ? group.numbers(name) : undefined;

const waitingListMeasure: Measure = {
  name: "waiting-list",
  question: "Is the list under control, and how many people a week must be seen?",
  page: "waiting-list",
  alternatives: [
    [
      column("demand", "Referrals a week"),
      column("target", "The longest wait aimed at, in weeks"),
      column("capacity", "People taken off the list a week", true),
      column("queue", "People on the list", true),
      column("meanwait", "Mean wait so far of those on the list, in weeks", true),
      column("cvdemand", "Coefficient of variation of the time between referrals", true),
      column("cvcapacity", "Coefficient of variation of the time between removals", true),
    ],
  ],
  options: [
    {
      name: "factor",
      kind: "number",
      default: 4,
      description: "How many times the mean wait the target is; 4 unless given",
    },
    {
      name: "weeks",
      kind: "number",
      default: 26,
      description: "Weeks in which to bring the list down; 26 unless given",
    },
  ],
  method: (context) =>
    `Waiting-list formulas of Fong and others, factor ${context.number("factor")}`,
  run(group, context) {
    const factor = context.number("factor");
    const demands = group.numbers("demand");
    return demands.flatMap((demand, i) => {
      const of = (name: string) => optionalNumbers(group, name)?.[i];
      const target = group.numbers("target")[i] as number;
      const [capacity, queue, wait] = [of("capacity"), of("queue"), of("meanwait")];
      const size = targetQueueSize(demand, target, factor);
      const rows = parts({
        "target mean wait": targetMeanWait(target, factor),
        "target queue": size,
        "target capacity": targetCapacity(demand, target, {
          factor,
          variationOfDemand: of("cvdemand") ?? 1,
          variationOfCapacity: of("cvcapacity") ?? 1,
        }),
        ...(capacity !== undefined && { load: queueLoad(demand, capacity) }),
        ...(queue !== undefined && {
          "relief capacity": reliefCapacity(demand, queue, size, context.number("weeks")),
        }),
        ...(wait !== undefined && { pressure: waitingListPressure(wait, target) }),
      });
      return demands.length === 1
        ? rows
        : rows.map((row) => ({ ...row, keys: { row: group.lines[i] as number, ...row.keys } }));
    });
  },
};

const queueMeasure: Measure = {
  name: "queue",
  question: "How long is the wait for one of several like servers, and how many give up?",
  page: "queue",
  alternatives: [
    [
      column("arrivals", "Arrivals per unit of time"),
      column("service", "People one server can serve per unit of time"),
      column("servers", "How many servers"),
      column("abandon", "Rate at which a waiting person gives up; left out: nobody does", true),
    ],
  ],
  options: [
    {
      name: "beyond",
      kind: "number",
      default: 0,
      description: "Also the share that waits longer than this, where nobody gives up",
    },
  ],
  method: () => "Steady M/M/c queue, with abandonment (Erlang A) where a rate is given",
  run(group, context) {
    const beyond = context.number("beyond");
    const abandon = optionalNumbers(group, "abandon");
    return group.lines.flatMap((line, i) => {
      const [arrivals, service, servers] = ["arrivals", "service", "servers"].map(
        (name) => group.numbers(name)[i] as number,
      ) as [number, number, number];
      const leave = abandon?.[i] ?? 0;
      const key: Record<string, number> = group.lines.length === 1 ? {} : { row: line };
      if (leave > 0) {
        const queue = queueWithAbandonment(arrivals, service, servers, leave);
        return parts({
          "chance of waiting": queue.chanceOfWaiting,
          "mean wait": queue.meanWait,
          "mean queue": queue.meanQueue,
          "share giving up": queue.chanceOfAbandoning,
        }).map((row) => ({ ...row, keys: { ...key, ...row.keys } }));
      }
      const queue = multiServerQueue(arrivals, service, servers);
      if (isAbsent(queue)) return [{ keys: key, outcome: queue }];
      return parts({
        utilisation: queue.utilisation,
        "chance of waiting": queue.chanceOfWaiting,
        "mean wait": queue.meanWait,
        "mean queue": queue.meanQueue,
        ...(beyond > 0 && {
          [`share waiting beyond ${beyond}`]: chanceOfWaitBeyond(
            arrivals,
            service,
            servers,
            beyond,
          ),
        }),
      }).map((row) => ({ ...row, keys: { ...key, ...row.keys } }));
    });
  },
};

const priorityMeasure: Measure = {
  name: "priority-waits",
  question: "How long does each class wait when some go first?",
  page: "priority-waits",
  alternatives: [
    [
      {
        name: "class",
        kind: "text",
        description: "The class's name; with no rate, the first goes first",
      },
      column("arrivals", "Arrivals per unit of time"),
      column("service", "Mean service time"),
      column("squaredservice", "Mean of the squared service time; left out: exponential", true),
      column("rate", "How fast the class gains priority; left out: strict order of rows", true),
    ],
  ],
  method: () =>
    "One server without pre-emption: Cobham's strict, or Kleinrock's accumulating priority",
  run(group) {
    const squares = optionalNumbers(group, "squaredservice");
    const service = group.numbers("service");
    const classes = group.numbers("arrivals").map((arrivalRate, i) => ({
      arrivalRate,
      meanService: service[i] as number,
      meanSquareService: squares?.[i] ?? 2 * (service[i] as number) ** 2,
    }));
    const waits = group.has("rate")
      ? accumulatingPriorityWaits(classes, group.numbers("rate"))
      : strictPriorityWaits(classes);
    if (isAbsent(waits)) return [{ outcome: waits }];
    return waits.map((value, i) => ({
      keys: { class: group.texts("class")[i] as string },
      outcome: { value },
    }));
  },
};

const capacityMeasure: Measure = {
  name: "capacity-shares",
  question: "How should a fixed capacity be shared out among groups?",
  page: "capacity-shares",
  alternatives: [
    [
      { name: "group", kind: "text", description: "The group's name" },
      column("demand", "People who come per unit of time"),
      column("weight", "How much a person's wait counts; 1 when left out", true),
      column("variation", "How variable the flow is; 1 (by chance) when left out", true),
      column("queue", "People waiting now; needed for the rule terminal", true),
    ],
  ],
  options: [
    { name: "total", kind: "number", description: "The capacity to share out, per unit of time" },
    {
      name: "rule",
      kind: "text",
      default: "square-root",
      choices: ["square-root", "equal-wait", "terminal"],
      description:
        "square-root (unless given): least weighted wait; equal-wait; terminal: equal wait at the end of a period",
    },
    {
      name: "periods",
      kind: "number",
      default: 26,
      description: "Length of the period for the rule terminal; 26 unless given",
    },
  ],
  method: (context) => `Capacity of each group by the rule ${context.text("rule")}`,
  run(group, context) {
    const demand = group.numbers("demand");
    const total = context.number("total");
    if (!(total > 0))
      throw new WrongUsage("How much capacity is there? Add --total with a number above 0.");
    const weights = optionalNumbers(group, "weight");
    const variation = optionalNumbers(group, "variation");
    const named = (capacities: Float64Array, waits: ArrayLike<number>): MeasureResult[] =>
      group.texts("group").flatMap((name, i) => [
        { keys: { group: name, part: "capacity" }, outcome: { value: capacities[i] as number } },
        { keys: { group: name, part: "wait" }, outcome: { value: waits[i] as number } },
      ]);
    if (context.text("rule") === "terminal") {
      const queue = optionalNumbers(group, "queue") ?? demand.map(() => 0);
      const periods = context.number("periods");
      const plan = equalTerminalWait(demand, queue, total, periods);
      const left = demand.map((each, i) => (queue[i]! + periods * each - plan.seen[i]!) / each);
      return named(
        plan.seen.map((seen) => seen / periods),
        left,
      );
    }
    const found: Result<CapacityAssignment> =
      context.text("rule") === "equal-wait"
        ? equalWaitAssignment(demand, total, { ...(variation && { variation }) })
        : squareRootAssignment(demand, total, {
            ...(weights && { weights }),
            ...(variation && { variation }),
          });
    return isAbsent(found) ? [{ outcome: found }] : named(found.capacity, found.waits);
  },
};

/** Lists, queues and capacity by formula. */
export const queueingMeasures: readonly Measure[] = [
  waitingListMeasure,
  queueMeasure,
  priorityMeasure,
  capacityMeasure,
];

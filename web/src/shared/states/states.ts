import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconArrowsDiff,
  IconCheck,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconClockDollar,
  IconClockExclamation,
  IconCloudOff,
  IconFlag,
  IconHandStop,
  IconHelpCircle,
  IconHourglassLow,
  IconKey,
  IconLock,
  IconPackage,
  IconPlayerPause,
  IconSend,
  IconShieldCheckFilled,
  IconTruckDelivery,
  IconX,
  type Icon,
} from "@tabler/icons-react";
import type { Tone } from "@/shared/theme/tokens";

/** The one vocabulary of states. Colour, icon and word always travel together. */
export interface StateLook {
  tone: Tone;
  icon: Icon;
  dashed?: boolean;
  hatched?: boolean;
}

export const states = {
  wanted: { tone: "wanted", icon: IconCircleDashed, dashed: true },
  ready: { tone: "wanted", icon: IconCircleDashed, dashed: true },
  sent: { tone: "flight", icon: IconSend },
  live: { tone: "proven", icon: IconCircleCheckFilled },
  stale: { tone: "outage", icon: IconClockExclamation, hatched: true },
  differs: { tone: "attention", icon: IconArrowsDiff },
  rejected: { tone: "no", icon: IconHandStop },
  login_needed: { tone: "refused", icon: IconLock },
  refused: { tone: "refused", icon: IconLock },
  unreachable: { tone: "outage", icon: IconCloudOff, dashed: true },
  paused: { tone: "wanted", icon: IconPlayerPause },
  authorised: { tone: "flight", icon: IconKey },
  callable: { tone: "proven", icon: IconShieldCheckFilled },
  expiring: { tone: "attention", icon: IconHourglassLow },
  problem: { tone: "attention", icon: IconAlertTriangle },
  in_doubt: { tone: "outage", icon: IconHelpCircle, hatched: true },
  withdrawn: { tone: "wanted", icon: IconArrowBackUp },
  ended: { tone: "wanted", icon: IconFlag },
  running: { tone: "flight", icon: IconSend },
  done: { tone: "wanted", icon: IconCheck },
  proven: { tone: "proven", icon: IconCheck },
  retry: { tone: "outage", icon: IconCloudOff, dashed: true },
  cancelled: { tone: "wanted", icon: IconX },
  failed: { tone: "no", icon: IconHandStop },
  waiting: { tone: "wanted", icon: IconCircleDashed, dashed: true },
  unpaid: { tone: "wanted", icon: IconClockDollar, dashed: true },
  to_ship: { tone: "attention", icon: IconPackage },
  shipped: { tone: "flight", icon: IconTruckDelivery },
  cancel_requested: { tone: "attention", icon: IconAlertTriangle },
  disconnected: { tone: "wanted", icon: IconX },
  told: { tone: "proven", icon: IconCircleCheckFilled },
} as const satisfies Record<string, StateLook>;

export type State = keyof typeof states;

/** A state that this version does not know is shown as wanted, with its code as the word. */
export function lookOf(state: string): StateLook {
  return isState(state) ? states[state] : states.wanted;
}

export function isState(state: string): state is State {
  return Object.hasOwn(states, state);
}

/** Our names for the icons, each a drawing of Lucide's. No other file names one of theirs. */
import Activity from "@lucide/svelte/icons/square-menu";
import ArrowLeft from "@lucide/svelte/icons/arrow-left";
import Ban from "@lucide/svelte/icons/ban";
import Box from "@lucide/svelte/icons/package";
import Card from "@lucide/svelte/icons/credit-card";
import Check from "@lucide/svelte/icons/check";
import ChevronDown from "@lucide/svelte/icons/chevron-down";
import ChevronRight from "@lucide/svelte/icons/chevron-right";
import Clock from "@lucide/svelte/icons/clock";
import Close from "@lucide/svelte/icons/x";
import Copy from "@lucide/svelte/icons/copy";
import Disk from "@lucide/svelte/icons/hard-drive";
import Done from "@lucide/svelte/icons/circle-check";
import Eye from "@lucide/svelte/icons/eye";
import External from "@lucide/svelte/icons/external-link";
import Filter from "@lucide/svelte/icons/list-filter";
import Home from "@lucide/svelte/icons/house";
import Info from "@lucide/svelte/icons/info";
import Key from "@lucide/svelte/icons/key-round";
import Link from "@lucide/svelte/icons/link";
import Mappings from "@lucide/svelte/icons/workflow";
import Minus from "@lucide/svelte/icons/minus";
import More from "@lucide/svelte/icons/ellipsis";
import Note from "@lucide/svelte/icons/message-square";
import Pause from "@lucide/svelte/icons/pause";
import Phone from "@lucide/svelte/icons/phone";
import Pin from "@lucide/svelte/icons/map-pin";
import Play from "@lucide/svelte/icons/play";
import Question from "@lucide/svelte/icons/circle-question-mark";
import Refresh from "@lucide/svelte/icons/rotate-cw";
import Scales from "@lucide/svelte/icons/scale";
import Search from "@lucide/svelte/icons/search";
import Send from "@lucide/svelte/icons/send";
import Adjustments from "@lucide/svelte/icons/settings-2";
import Settings from "@lucide/svelte/icons/settings";
import Snooze from "@lucide/svelte/icons/alarm-clock";
import Tag from "@lucide/svelte/icons/tag";
import Truck from "@lucide/svelte/icons/truck";
import Undo from "@lucide/svelte/icons/undo-2";
import User from "@lucide/svelte/icons/user";
import Warning from "@lucide/svelte/icons/triangle-alert";

import type { Icon } from "../bindings";

const ofTheProgram = {
  ban: Ban,
  tag: Tag,
  phone: Phone,
  pin: Pin,
  truck: Truck,
  warning: Warning,
  link: Link,
  key: Key,
  clock: Clock,
  pause: Pause,
  scales: Scales,
  card: Card,
  question: Question,
  disk: Disk,
} satisfies Record<Icon, unknown>;

export const icons = {
  ...ofTheProgram,
  home: Home,
  orders: Box,
  adjustments: Adjustments,
  mappings: Mappings,
  activity: Activity,
  settings: Settings,
  search: Search,
  refresh: Refresh,
  send: Send,
  external: External,
  play: Play,
  close: Close,
  check: Check,
  minus: Minus,
  done: Done,
  info: Info,
  back: ArrowLeft,
  down: ChevronDown,
  right: ChevronRight,
  copy: Copy,
  eye: Eye,
  filter: Filter,
  more: More,
  note: Note,
  snooze: Snooze,
  undo: Undo,
  user: User,
} as const;

export type IconName = keyof typeof icons;

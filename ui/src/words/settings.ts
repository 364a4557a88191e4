/** Words of the Settings screen: its controls, its own sections and what the page itself finds wrong. Titles and help of settings come from the program. */
import { count, plural } from "../format";

export const words = {
  sections: "Sections",
  reading: "Reading the settings…",
  failed: "The settings could not be read",
  changed: "changed",
  changedHere: (changes: number) => `${plural(changes, "change")} not saved`,
  advanced: (settings: number) =>
    settings === 1 ? "1 setting seldom needed" : `${count(settings)} settings seldom needed`,
  was: (value: string) => `Was ${value}`,
  putBack: "Put back",
  putBackSpoken: (title: string) => `Put back what “${title}” was`,
  standard: (value: string) => `Normally ${value}`,
  reset: "Use that",
  resetSpoken: (title: string, value: string) => `Use that: “${title}”, normally ${value}`,
  range: (least: number, most: number) => `${count(least)} to ${count(most)}`,
  on: "On",
  off: "Off",
  nothing: "nothing",
  none: "none",
};

export const bar = {
  label: "Changes not saved",
  changes: (changes: number) => plural(changes, "change"),
  wrong: (wrong: number) =>
    wrong === 1 ? "1 value needs another look" : `${count(wrong)} values need another look`,
  save: (changes: number) => `Save ${plural(changes, "change")}`,
  saveKey: "Save the changes",
  discard: "Discard",
  saved: (changes: number) => (changes === 1 ? "Saved." : `Saved, all ${count(changes)} of them.`),
  leaveTitle: "Leave without saving?",
  leaveEffect: (changes: number) => [
    `${plural(changes, "change is", "changes are")} not saved and will be lost.`,
    "The settings stay as they were.",
  ],
  leaveButton: (changes: number) => `Discard ${plural(changes, "change")}`,
};

/** What a setting takes, in the program's own words, so that both say the same. */
export const wanted = {
  fault: (title: string, wanted: string) => `“${title}”: ${wanted}.`,
  text: (most: number) => `it takes a text of at most ${most} characters`,
  whole: (least: number, most: number) => `it takes a whole number from ${least} to ${most}`,
  wholes: (least: number, most: number) => `it takes whole numbers from ${least} to ${most}`,
  anyWhole: "it takes a whole number",
  date: "it takes a day such as 2026-11-24",
  dates: "it takes days such as 2026-12-25",
  time: "it takes a time such as 16:00",
  timeOrNone: "it takes a time such as 22:00, or nothing",
  times: "it takes times such as 08:00",
  nameless: "each row needs a name",
  twice: (name: string) => `${name} is there twice`,
  zone: "it takes a zone such as Europe/London",
};

export const list = {
  add: "Add",
  addSpoken: (title: string) => `Add to “${title}”`,
  remove: (what: string) => `Remove ${what}`,
  day: "A day",
  time: "A time",
  number: "A number",
  text: "A name",
  already: (what: string) => `${what} is there already`,
};

export const table = {
  name: "Name",
  value: "Value",
  time: "Time",
  addRow: "Add a row",
  addRowSpoken: (title: string) => `Add a row to “${title}”`,
  removeRow: (name: string) => (name ? `Remove ${name}` : "Remove this row"),
};

export const days = [
  { word: "mon", title: "Mon", spoken: "Monday" },
  { word: "tue", title: "Tue", spoken: "Tuesday" },
  { word: "wed", title: "Wed", spoken: "Wednesday" },
  { word: "thu", title: "Thu", spoken: "Thursday" },
  { word: "fri", title: "Fri", spoken: "Friday" },
  { word: "sat", title: "Sat", spoken: "Saturday" },
  { word: "sun", title: "Sun", spoken: "Sunday" },
] as const;

export const zone = {
  find: "Type a city",
  none: "No zone is called so",
  results: (found: number) => plural(found, "zone"),
};

export const trial = {
  button: "Try it on recent sales",
  title: "What it would have done",
  text: "With the rules above, saved or not. Nothing is sent.",
  sent: "Sent",
  held: "Held",
  outside: "Left alone",
};

/** The sections that are the page's own. */
export const own = {
  settings: "Settings",
  connections: "Connections",
  computer: "This computer",
  practice: "Practice mode",
  rights: "Rights needed",
};

export const connections = {
  text: "How Cin7 Core and Whistl are reached. Keys are kept in this computer’s keychain and are never shown again.",
  sending: "Sending",
  live: "Orders are sent",
  liveText: "What passes every check goes to Whistl by itself.",
  lookOnly: "Look only",
  lookOnlyText: "Everything is read and decided. Nothing is sent to Whistl.",
  goLive: "Review and go live",
  back: "Back to look only…",
  backTitle: "Back to look only?",
  backEffect: [
    "From now on nothing more goes to Whistl. What was sent stays sent.",
    "Sales are still read and checked, and you see what would have happened.",
  ],
  backButton: "Stop sending",
  backDone: "Nothing is sent any more: look only.",
  address: "Address",
  account: "Account ID",
  key: "Key",
  location: "Location",
  client: "Client code",
  kept: "in the keychain",
  missing: "not set",
  anyLocation: "the only one there is",
  state: "State",
  lastGood: (ago: string) => `last good answer ${ago}`,
  test: "Test",
  testSpoken: (name: string) => `Test ${name}`,
  change: "Change…",
  changeSpoken: (name: string) => `Change how ${name} is reached`,
  connect: "Connect…",
  leave: "Leave it",
  forget: "Forget…",
  forgetSpoken: (name: string) => `Forget the keys of ${name}`,
  forgetTitle: (name: string) => `Forget the keys of ${name}?`,
  forgetEffect: (name: string) => [
    `They are removed from this computer’s keychain. Stockbridge can then no longer reach ${name}.`,
    "Orders wait until you connect again; nothing that is stored is lost.",
  ],
  forgetButton: "Forget the keys",
  forgotten: (name: string) => `The keys of ${name} are gone from this computer.`,
};

export const notifications = {
  title: "Notifications on this computer",
  state: {
    ok: "They are shown",
    untested: "Not tried yet",
    unavailable: "They are not shown",
  },
  test: "Send a test notification",
  refusedTitle: "What to do",
  refused: [
    "Windows: Settings → System → Notifications, and switch Stockbridge on.",
    "macOS: System Settings → Notifications → Stockbridge, and allow them.",
    "Linux: switch notifications on in the settings of your desktop, then test again.",
  ],
  meanwhile: "Until then the tray icon still shows when something needs you.",
};

export const computer = {
  text: "How Stockbridge looks and starts here. Kept at once, without saving.",
  theme: "Colours",
  themeHelp: "Light, dark, or whatever this computer is set to.",
  themes: { system: "As this computer", light: "Light", dark: "Dark" },
  autostart: "Start with the computer",
  autostartHelp: "Then orders go out without anyone opening Stockbridge first.",
  user: "Signed in as",
  userHelp: "What you decide here is signed with this name.",
  version: "Version",
};

export const practice = {
  text: "A shop and a warehouse that exist only on this computer, to try things out. Nothing reaches Cin7 Core or Whistl, and your own orders wait untouched meanwhile.",
  list: [
    "A day of trade, as fast as you like: 1, 10 or 60 times.",
    "Faults to play with: Whistl does not answer, Cin7 Core is busy, answers get lost.",
    "Its data is kept apart and thrown away when you leave.",
  ],
  enter: "Practise",
  leave: "Leave practice",
  on: "Practice is on.",
  unavailable: "Practice cannot be started on this computer.",
};

export const rights = {
  text: "The least that the keys must be allowed to do, and what each is for. Give them no more.",
  right: "Right",
  use: "What it is for",
};

/** Words of the first run. What was found, what is in the way and what going live does is worded by the program. */
import { count, plural } from "../format";

export const words = {
  title: "Set up Stockbridge",
  goingLive: "Review and go live",
  steps: {
    cin7: "Connect Cin7 Core",
    whistl: "Connect Whistl",
    look: "Look only",
    review: "Review",
    live: "Go live",
  },
  short: {
    cin7: "Where your sales are",
    whistl: "Where they are sent from",
    look: "Reads everything, sends nothing",
    review: "What would be sent and held",
    live: "Orders leave by themselves",
  },
  done: "done",
  here: "you are here",
  later: "comes later",
  resumed: "You can close the window at any step. Set-up goes on where you left it.",
  practice: "Practise first",
  practiceText: "With a made-up shop and warehouse: nothing leaves this computer.",
  leave: "Back to the screens",
  next: "Continue",
  back: "Back",
  failed: "That could not be read",
};

export const intro = {
  cin7: "Stockbridge reads your sales there and writes nothing. It needs keys of its own.",
  whistl: "Orders that pass every check go there, once you go live and not before.",
};

export const look = {
  text: "Stockbridge now reads your open sales, products and shipping methods and decides what it would do with each. Nothing is sent to Whistl, and nothing is written in Cin7 Core.",
  long: "A hundred sales take about two minutes, since Cin7 Core takes 60 questions a minute.",
  button: "Look now, send nothing",
  again: "Look again",
  going: "Looking",
  goingText: "You can go on to the review: it fills as sales are read.",
  done: "Everything is read.",
};

export const review = {
  text: (location: string) =>
    location
      ? `What Stockbridge would do with the sales that ship from ${location}. Nothing has been sent.`
      : "What Stockbridge would do. Nothing has been sent.",
  send: "Would be sent",
  hold: "Would be held",
  outside: "Left alone",
  holds: "Would be held, by cause",
  holdsText: "Each has an owner, and is checked again by itself once it is put right.",
  service: (methods: number) => `${plural(methods, "shipping method")} not mapped`,
  sku: (skus: number) => `${plural(skus, "SKU")} that Whistl does not list`,
  serviceText: "Choose the Whistl service that each stands for. None is guessed.",
  skuText: "Say what Whistl calls them. It can wait: their orders stay held.",
  map: "Map them here",
  fold: "Fold",
  why: "Left alone, by reason",
  none: "No sale is due yet",
  noneText: "Sales show up here as soon as they are authorised in Cin7 Core.",
};

export const live = {
  text: "From here on orders leave without anyone pressing a button.",
  effect: "What going live does",
  hands: "What stays in your hands",
  handsList: [
    "Pause sending at any moment, with one press at the bottom of the left side.",
    "Go back to look only in Settings, Connections.",
    "An order that is not right is held and shown to you. It is never changed or guessed at.",
  ],
  blockers: "What is in the way",
  button: "Go live…",
  title: "Go live?",
  confirm: (orders: number) =>
    orders ? `Go live and send ${count(orders)} ${orders === 1 ? "order" : "orders"}` : "Go live",
  done: "You are live. Orders that pass every check are sent.",
};

/** Words of the first run. What was found and what going live does is worded by the program. */
import { plural } from "../format";

export const words = {
  title: "Set up Stockbridge",
  steps: ["Connect Cin7 Core", "Connect Whistl", "Look only", "Review and go live"],
  done: "done",
  practice: "Practise first",
  practiceText: "Both vendors simulated on this computer: nothing leaves it.",
  next: "Continue",
  back: "Back",
  look: "Look now, send nothing",
  lookText:
    "Stockbridge reads your sales, products and shipping methods and decides what it would do. Nothing is sent, and nothing is written in Cin7 Core.",
  reading: "Reading…",
  wouldSend: (orders: number) => `${plural(orders, "order")} would be sent`,
  wouldHold: (orders: number) => `${plural(orders, "order")} would be held`,
  outside: "Left out",
  unmapped: (methods: number) => `${plural(methods, "shipping method")} not mapped yet`,
  map: "Map now",
  refresh: "Look again",
  goLive: "Go live",
  goLiveTitle: "Go live?",
  stay: "Keep looking only",
};

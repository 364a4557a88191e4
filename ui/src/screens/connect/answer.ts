/** What a try to connect came to, as the forms show it. */
import type { Checked, UiError } from "../../bindings";
import { connect } from "../../words/connect";

/** The inputs that something can be wrong with. */
export type Input = "address" | "account" | "key" | "client" | "location";
export type Faults = Partial<Record<Input, string>>;

const inputs: Record<string, Input> = {
  base_url: "address",
  account_id: "account",
  account: "account",
  key: "key",
  client_code: "client",
  location: "location",
};

/** Which input a field of the program's is, if one of these. */
export function inputOf(field: string | null | undefined): Input | null {
  return inputs[field?.split(".").at(-1) ?? ""] ?? null;
}

/** What is wrong, beside the input it is about; nothing when that is not known. */
export function faultsOf(fault: Checked | UiError): Faults {
  if ("ok" in fault && fault.ok) return {};
  const input = inputOf(fault.field);
  if (!input) return {};
  // The sentence stands whole in the result; beside the input it is said in short.
  const said = "title" in fault ? `${fault.title}.` : fault.message;
  return { [input]: input === "key" ? `${said} ${connect.pasteAgain}` : said };
}

/** A key as it was meant: without what a careless paste brought along. */
export const meant = (pasted: string) => pasted.replaceAll(/\s+/g, "");

/** Words of connecting either vendor, in the first run and in Settings. What a test found is worded by the program. */
export const names = { cin7: "Cin7 Core", whistl: "Whistl" } as const;

export const connect = {
  kept: "Kept in the keychain. Leave it empty to keep it.",
  address: "Address",
  location: "Warehouse location",
  locationHelp: "Sales that ship from here are the warehouse’s business.",
  chooseLocation: "Choose the location",
  takeLocation: "Use this location",
  button: { cin7: "Connect Cin7 Core", whistl: "Connect Whistl" },
  again: "Test again",
  testing: "Testing…",
  found: "What was found",
  private:
    "Keys go straight to this computer’s keychain. They are in no file, and nothing shows them again, here neither.",
  missing: {
    address: "Type the address.",
    account: "Paste the Account ID.",
    key: "Paste the key.",
    client: "Type the client code.",
    location: "Choose a location first.",
  },
  pasteAgain: "Paste it again: for safety it was cleared from this page.",
};

export const cin7 = {
  account: "Account ID",
  key: "Application key",
  addressHelp: "Change it only if Cin7 gave you another one.",
  where: "Where to find them",
  steps: [
    "In Cin7 Core, open Integrations → API.",
    "Press Add and name the application “Stockbridge”. Make one of its own: Cin7 Core counts 60 calls a minute for each application, and two programs on one would slow each other down.",
    "Copy the Account ID at the top of that page, and the key of the new application.",
  ],
};

export const whistl = {
  addressHelp: "Whistl gives it to you, with the client code and the key.",
  client: "Client code",
  clientHelp: "Your shop’s short name at the warehouse.",
  key: "Key",
  where: "Where to find them",
  steps: [
    "Ask your contact at Whistl for access to their order interface for your account.",
    "They send you an address, your client code and a key.",
  ],
};

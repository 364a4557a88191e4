import "@testing-library/jest-dom/vitest";

import { cleanup, configure } from "@testing-library/svelte";
import { afterEach } from "vitest";

// On a machine that is busy with other work a first screen takes longer than the usual second.
configure({ asyncUtilTimeout: 5000 });

afterEach(() => cleanup());

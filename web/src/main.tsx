import "@fontsource-variable/ibm-plex-sans";
import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "@mantine/spotlight/styles.css";
import "@/shared/theme/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "@/app/App";
import { startWords } from "@/app/i18n";
import { startSession } from "@/shared/auth/session";
import { startClient } from "@/shared/http/client";

startClient();
const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");

await Promise.all([startWords(), startSession()]);
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);

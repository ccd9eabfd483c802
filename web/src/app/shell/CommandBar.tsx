import { Kbd } from "@mantine/core";
import {
  isActionsGroup as isActionGroup,
  Spotlight,
  spotlight,
  type SpotlightActionData,
  type SpotlightActionGroupData,
} from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFound } from "@/app/shell/useFound";
import { useAllCommands, useCommands, type Command, type CommandGroup } from "@/shared/commands/commands";

type Entries = (SpotlightActionData | SpotlightActionGroupData)[];

const order: CommandGroup[] = ["selection", "page", "go", "app"];

export function KeyCaps({ keys }: { keys: string }) {
  return (
    <span className="row end" style={{ gap: 4 }}>
      {keys
        .replace("mod+", "⌘ ")
        .replace("⇧", "⇧ ")
        .split(" ")
        .map((key) => (
          <Kbd key={key}>{key}</Kbd>
        ))}
    </span>
  );
}

function action({ id, label, description, icon: Icon, keys, run }: Command) {
  return {
    id,
    label,
    description,
    leftSection: Icon && <Icon size={18} stroke={1.7} />,
    rightSection: keys && <KeyCaps keys={keys} />,
    onClick: run,
  };
}

/** ⏎ does the first entry at once. The library selects none until an arrow is pressed, and offers no call for it. */
function selectFirst(search: HTMLInputElement) {
  if (search.closest("[role=dialog]")?.querySelector("[data-action][data-selected]")) return;
  search.dispatchEvent(new KeyboardEvent("keydown", { code: "ArrowDown", key: "ArrowDown", bubbles: true }));
}

/** One place for "do", "go to" and "find". What acts on the current selection comes first. */
export function CommandBar() {
  const { t } = useTranslation("app");
  const [query, setQuery] = useState("");
  useCommands([
    {
      id: "search",
      group: "app",
      label: t("search.placeholder"),
      keys: "mod+K",
      keysOnly: true,
      run: spotlight.open,
    },
    {
      id: "search.slash",
      group: "app",
      label: t("search.placeholder"),
      keys: "/",
      keysOnly: true,
      run: spotlight.open,
    },
  ]);
  const commands = useAllCommands().filter((command) => !command.keysOnly);
  const found = useFound(query);
  const groups = order
    .map((group) => {
      const mine = commands.filter((command) => command.group === group);
      return { group: mine[0]?.groupLabel ?? t(`command.${group}`), actions: mine.map(action) };
    })
    .filter((group) => group.actions.length > 0);
  const finds = found.length > 0 ? [{ group: t("command.found"), actions: found.map(action) }] : [];
  return (
    <Spotlight
      shortcut={null}
      query={query}
      onQueryChange={setQuery}
      nothingFound={t("search.nothing")}
      highlightQuery
      scrollable
      maxHeight={520}
      overlayProps={{ blur: 0, backgroundOpacity: 0.4 }}
      attributes={{ content: { "aria-label": t("search.commands") } }}
      searchProps={{
        placeholder: t("search.placeholder"),
        leftSection: <IconSearch size={18} />,
        "aria-label": t("search.placeholder"),
        onFocus: (event) => selectFirst(event.currentTarget),
      }}
      actions={[...groups, ...finds]}
      filter={(typed, actions) => filterActions(typed, actions, t("command.found"))}
    />
  );
}

/** Commands are filtered by their words; what the server found already fits. */
function filterActions(query: string, entries: Entries, foundGroup: string): Entries {
  const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return entries;
  const fits = (entry: SpotlightActionData) => {
    const text = `${entry.label ?? ""} ${entry.description ?? ""}`.toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  };
  return entries
    .filter(isActionGroup)
    .map((group) => (group.group === foundGroup ? group : { ...group, actions: group.actions.filter(fits) }))
    .filter((group) => group.actions.length > 0);
}

import type { Command } from "@/shared/commands/commands";

/** What the catalogue and the inbox hold for these words. */
export function useFound(query: string): Command[] {
  void query;
  return [];
}

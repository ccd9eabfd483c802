import { queryOptions } from "@tanstack/react-query";
import { askForCategories, searchCategories } from "@/api/sdk.gen";
import type { CategoriesOut } from "@/api/types.gen";

const wait = 700;
const patience = 20_000;
const pause = () => new Promise((resume) => setTimeout(resume, wait));

/** What is kept shows as soon as it is here; the channel is asked once for new words, and its answer comes after. */
export const categoriesQuery = (connectionId: string, words: string) =>
  queryOptions({
    queryKey: ["categories", connectionId, words],
    queryFn: async ({ client, queryKey, signal }): Promise<CategoriesOut> => {
      const look = () =>
        searchCategories({ path: { connection_id: connectionId }, query: { q: words }, signal });
      let found = await look();
      if (found.asked) return found;
      client.setQueryData(queryKey, found);
      await askForCategories({ path: { connection_id: connectionId }, body: { q: words }, signal });
      const until = Date.now() + patience;
      while (!found.asked && Date.now() < until) {
        await pause();
        found = await look();
      }
      return found;
    },
    staleTime: 60_000,
  });

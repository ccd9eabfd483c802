import { queryOptions } from "@tanstack/react-query";
import { listConnections } from "@/api/sdk.gen";
import type { ConnectionOut } from "@/api/types.gen";

/** A shop has a handful of connections: they come in one page. */
export const connectionsQuery = queryOptions({
  queryKey: ["connections", "list"],
  queryFn: async ({ signal }) => (await listConnections({ query: { limit: 200 }, signal })).items,
});

const unusable: ConnectionOut["state"][] = ["authorised", "refused", "disconnected", "paused"];

/** Whether listings can be sent there now; an outage does not hinder a wish. */
export const isUsable = (connection: ConnectionOut): boolean => !unusable.includes(connection.state);

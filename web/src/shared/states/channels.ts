export interface ChannelName {
  name: string;
  /** Two letters of ours; no channel's logo or brand colour is used. */
  mark: string;
}

const channels: Record<string, ChannelName> = {
  ebay: { name: "eBay", mark: "eb" },
};

/** A channel that this version does not know is called by its id. */
export function channelOf(id: string): ChannelName {
  return channels[id] ?? { name: id, mark: id.slice(0, 2) };
}

/** `EBAY_DE` is eBay in Germany. */
export function marketplaceOf(id: string): string {
  return id.replace(/^EBAY_/, "");
}

export const isChannel = (id: string): boolean => Object.hasOwn(channels, id);

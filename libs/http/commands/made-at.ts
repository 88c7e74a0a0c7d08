/** Metadata of a route: the path of what its command makes, with the command's fields in braces. */
export const MADE_AT = Symbol('waybill:made-at');

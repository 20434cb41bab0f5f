export async function doctor(){return 0 as const}

/** Words of the long list. */
export const words = {
  group: "In a list",
  next: "Next row",
  previous: "Previous row",
  select: "Select or leave out the row",
  open: "Open the row",
  reading: "Reading this row",
};

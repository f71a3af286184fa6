/** The names of Scotland's health boards by code: the published lookup holds only their codes. */
export const SCOTTISH_HEALTH_BOARDS: Readonly<Record<string, string>> = {
  S08000015: "NHS Ayrshire and Arran",
  S08000016: "NHS Borders",
  S08000017: "NHS Dumfries and Galloway",
  S08000019: "NHS Forth Valley",
  S08000020: "NHS Grampian",
  S08000022: "NHS Highland",
  S08000024: "NHS Lothian",
  S08000025: "NHS Orkney",
  S08000026: "NHS Shetland",
  S08000028: "NHS Western Isles",
  S08000029: "NHS Fife",
  S08000030: "NHS Tayside",
  S08000031: "NHS Greater Glasgow and Clyde",
  S08000032: "NHS Lanarkshire",
};

// Proposes the browser's time zone where none is chosen; the person may choose another one.
const select = document.querySelector("select[name=time_zone]");
const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
if (select && !select.value && [...select.options].some((option) => option.value === zone)) select.value = zone;

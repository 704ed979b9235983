/** Xero names zones in the Windows way, upper case without spaces (xero.md 4.11); the engine wants IANA names. */
const ZONES: Readonly<Record<string, string>> = {
  // Australia
  AUSEASTERNSTANDARDTIME: 'Australia/Sydney',
  AUSCENTRALSTANDARDTIME: 'Australia/Darwin',
  AUSCENTRALWSTANDARDTIME: 'Australia/Eucla',
  CENAUSTRALIASTANDARDTIME: 'Australia/Adelaide',
  EAUSTRALIASTANDARDTIME: 'Australia/Brisbane',
  LORDHOWESTANDARDTIME: 'Australia/Lord_Howe',
  NORFOLKSTANDARDTIME: 'Pacific/Norfolk',
  TASMANIASTANDARDTIME: 'Australia/Hobart',
  WAUSTRALIASTANDARDTIME: 'Australia/Perth',
  // New Zealand and the Pacific
  CHATHAMISLANDSSTANDARDTIME: 'Pacific/Chatham',
  FIJISTANDARDTIME: 'Pacific/Fiji',
  NEWZEALANDSTANDARDTIME: 'Pacific/Auckland',
  SAMOASTANDARDTIME: 'Pacific/Apia',
  TONGASTANDARDTIME: 'Pacific/Tongatapu',
  WESTPACIFICSTANDARDTIME: 'Pacific/Port_Moresby',
  // Europe
  CENTRALEUROPEANSTANDARDTIME: 'Europe/Warsaw',
  CENTRALEUROPESTANDARDTIME: 'Europe/Budapest',
  FLESTANDARDTIME: 'Europe/Kyiv',
  GMTSTANDARDTIME: 'Europe/London',
  GREENWICHSTANDARDTIME: 'Atlantic/Reykjavik',
  GTBSTANDARDTIME: 'Europe/Bucharest',
  ROMANCESTANDARDTIME: 'Europe/Paris',
  WEUROPESTANDARDTIME: 'Europe/Berlin',
  // Americas
  ALASKANSTANDARDTIME: 'America/Anchorage',
  ATLANTICSTANDARDTIME: 'America/Halifax',
  CANADACENTRALSTANDARDTIME: 'America/Regina',
  CENTRALSTANDARDTIME: 'America/Chicago',
  EASTERNSTANDARDTIME: 'America/New_York',
  ESOUTHAMERICASTANDARDTIME: 'America/Sao_Paulo',
  HAWAIIANSTANDARDTIME: 'Pacific/Honolulu',
  MOUNTAINSTANDARDTIME: 'America/Denver',
  NEWFOUNDLANDSTANDARDTIME: 'America/St_Johns',
  PACIFICSTANDARDTIME: 'America/Los_Angeles',
  USEASTERNSTANDARDTIME: 'America/Indiana/Indianapolis',
  USMOUNTAINSTANDARDTIME: 'America/Phoenix',
  // Africa and Asia
  ARABIANSTANDARDTIME: 'Asia/Dubai',
  CHINASTANDARDTIME: 'Asia/Shanghai',
  EAFRICASTANDARDTIME: 'Africa/Nairobi',
  INDIASTANDARDTIME: 'Asia/Kolkata',
  SEASIASTANDARDTIME: 'Asia/Bangkok',
  SINGAPORESTANDARDTIME: 'Asia/Singapore',
  SOUTHAFRICASTANDARDTIME: 'Africa/Johannesburg',
  SRILANKASTANDARDTIME: 'Asia/Colombo',
  TAIPEISTANDARDTIME: 'Asia/Taipei',
  TOKYOSTANDARDTIME: 'Asia/Tokyo',
  UTC: 'UTC',
}

/** undefined for a name that is not in the table. */
export function ianaZone(xeroName: string): string | undefined {
  return ZONES[xeroName.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')]
}

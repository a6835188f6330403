/** Commands of the collector's README, each with a pattern of all it prints. */
export const PRINTS: Record<string, RegExp> = {
  'crashpost-collector app list --data crashes': /^[0-9a-f-]{36} {2}My shop\n$/,
  'crashpost-collector app rename "My shop" "Web shop" --data crashes': /^$/,
  'crashpost-collector app rotate "Web shop" --data crashes': /^[0-9a-f-]{36}\n$/,
  'crashpost-collector app rotate "Web shop" --finish --data crashes': /^$/,
  'crashpost-collector app disable "Web shop" --data crashes': /^$/,
  'crashpost-collector app enable "Web shop" --data crashes': /^$/,
  'crashpost-collector app origins "Web shop" https://shop.example --data crashes':
    /^https:\/\/shop\.example\n$/,
  'crashpost-collector user add ann --data crashes': /^\w{5}(-\w{5}){3}\n$/,
  'crashpost-collector user list --data crashes': /^admin\nann\n$/,
  'crashpost-collector user remove ann --data crashes': /^$/,
  'crashpost-collector token add prometheus --scope read --data crashes': /^cpt_[\w-]{43}\n$/,
  'crashpost-collector token list --data crashes': /^read {3}\d{4}-\d\d-\d\d {2}prometheus\n$/,
  'crashpost-collector token remove prometheus --data crashes': /^$/,
  'crashpost-collector backup backups/monday --data crashes': /^$/,
  'crashpost-collector restore backups/monday --data restored': /^$/,
  'crashpost-collector export --out reports.jsonl --data crashes': /^$/,
  'crashpost-collector doctor --data crashes': /^(ok {4}.*\n){6,}$/,
};

// What happened in a visit before a report: the events and pages that App Center's Analytics posts.
import { asObject, asObjects, field, type Json, parseJson, textField } from '../digest/json.js';
import type { VisitEvent } from '../store/store.js';
import { bounded, type Html, view } from './markup.js';
import { timeExact } from './time.js';

/** App Center's SDKs send at most 20. */
const MAX_PROPERTIES = 20;

/** Of one property. Characters. */
const MAX_TEXT = 200;

export function eventsView(events: readonly VisitEvent[]): Html | false {
  if (events.length === 0) return false;
  return view`<section><h2>Before it</h2>
<table class="groups"><thead><tr><th scope="col">Event</th><th scope="col">When</th></tr></thead>
<tbody>${events.map(eventRow)}</tbody></table></section>`;
}

function eventRow({ json, timestamp }: VisitEvent): Html {
  const log = asObject(parseJson(json));
  const properties = propertiesOf(log).map(([name, value]) => `${name}: ${value}`);
  return view`<tr><th scope="row">${bounded(textField(log, 'name'), MAX_TEXT)}${properties.length > 0 && view`<div class="where">${properties.join(' · ')}</div>`}</th><td>${timeExact(timestamp)}</td></tr>
`;
}

/** Of a dictionary as of a list of typed ones. */
function propertiesOf(log: Json): [name: string, value: string][] {
  const plain = asObject(field(log, 'properties'));
  const names = Object.keys(plain).slice(0, MAX_PROPERTIES);
  const typed = asObjects(field(log, 'typedProperties'), MAX_PROPERTIES);
  return [
    ...names.map((name) => [name, textField(plain, name, MAX_TEXT)] as [string, string]),
    ...typed.map(
      (of) => [textField(of, 'name', MAX_TEXT), textField(of, 'value', MAX_TEXT)] as [string, string],
    ),
  ];
}

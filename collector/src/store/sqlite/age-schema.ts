// What another format adds: events are found by their age, also those whose visit nobody knows.
export const AGE = `
CREATE INDEX events_by_time ON events (timestamp);
`;

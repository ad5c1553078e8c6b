export const matchingVersion = 1;

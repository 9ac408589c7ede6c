/** In days: half a year. Whoever accepts a finding is asked again before everybody has forgotten it. */
export const defaultWaiverLifetime = 180;

// Reads the clock of a session, as rendezvous/clock/reading.py does. Instants are
// milliseconds since 1970.
//
// state: {revision, programme, started, stopped, ended, rounds: [[begins, ends], …]}

const FORGOTTEN = 12 * 3600 * 1000;

// A day whose clock nobody started was held as it was prepared.
function isForgotten(state, now) {
  return !state.started && now > state.rounds.at(-1)[1] + FORGOTTEN;
}

export function reached(state, now) {
  return state.stopped === null ? now : Math.min(now, state.stopped);
}

function phaseAt(step, last) {
  if (step === 0) return "before";
  if (step === last) return "over";
  return step % 2 ? "round" : "break";
}

// Each round as it was or will be held, as far as is known now.
export function foreseen(state, now) {
  if (isForgotten(state, now)) return state.rounds;
  if (!state.started) {
    const late = Math.max(now - state.rounds[0][0], 0);
    return state.rounds.map(([begins, ends]) => [begins + late, ends + late]);
  }
  const end = state.stopped;
  if (end === null || now <= end) return state.rounds;
  if (state.ended) {
    return state.rounds.map(([begins, ends]) => [begins, begins <= end && end < ends ? end : ends]);
  }
  const lost = now - end;
  return state.rounds.map((round) => round.map((at) => (at > end ? at + lost : at)));
}

export function takesPlace(state, number) {
  return !state.ended || state.rounds[number - 1][0] <= state.stopped;
}

// phase, round (the last that began), step, next (the next round or null), within (the phase
// that a pause came in), remaining (milliseconds or null), endsAt (or null).
export function position(state, now) {
  const bounds = state.rounds.flat();
  const at = reached(state, now);
  const isRead = state.started || isForgotten(state, now);
  const step = isRead ? bounds.filter((bound) => bound <= at).length : 0;
  const within = phaseAt(step, bounds.length);
  const round = Math.floor((step + 1) / 2);
  const next = round < state.rounds.length ? round + 1 : null;
  if (state.ended) return { phase: "over", within: "over", round, step, next: null, remaining: null, endsAt: null };
  const remaining = within === "over" ? null : Math.max(bounds[step] - at, 0);
  if (state.stopped !== null && within !== "over") {
    return { phase: "paused", within, round, step, next, remaining, endsAt: null };
  }
  const endsAt = within === "over" ? null : foreseen(state, now).flat()[step];
  return { phase: within, within, round, step, next, remaining, endsAt };
}

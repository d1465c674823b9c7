/* Questions to the server: JSON there and back. */

/** What the server answers; `gone` where it does not. */
export async function ask(path, sent, signal) {
  try {
    const answer = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(sent),
      signal,
    });
    return answer.status < 500 && answer.status !== 403 ? await answer.json() : { gone: true };
  } catch (error) {
    if (error.name === "AbortError") return { aborted: true };
    return { gone: true };
  }
}

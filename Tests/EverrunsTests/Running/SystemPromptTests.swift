import Everruns
import Testing

@Suite struct SystemPromptTests {
  @Test func `without instructions there is no text`() {
    #expect(SystemPrompt().text == "")
  }

  @Test func `capabilities come first, each in its tag, then harness, agent and session`() {
    var prompt = SystemPrompt()
    prompt.capabilities = [
      CapabilityInstructions(capability: "one", text: "First."),
      CapabilityInstructions(capability: "two", text: "Second."),
    ]
    prompt.harness = "Harness."
    prompt.agent = "Agent."
    prompt.session = "Session."
    prompt.locale = "de-CH"
    prompt.isLastRequest = true
    #expect(
      prompt.text == """
        <one>
        First.
        </one>

        <two>
        Second.
        </two>

        Harness.

        Agent.

        Session.

        The user's locale is de-CH.

        No more tools can be called in this turn. Answer now with what you have found so far.
        """)
  }
}

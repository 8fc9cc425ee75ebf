extension CapabilityDescriptor {
  /// The capabilities of the stock platform, sorted by id.
  static let stock: [CapabilityDescriptor] = [
    .agentInstructions, .braveSearch, .browserless, .budgeting, .compaction, .containerSandbox,
    .currentTime, .daytona, .deno, .dockerContainer, .duckDuckGo, .e2b, .fakeAWS, .fakeCRM,
    .fakeFinancial, .fakeWarehouse, .infinityContext, .loopDetection, .memory, .noop,
    .openAIToolSearch, .openUI, .platformDocs, .platformManagement, .research, .sampleData,
    .session, .sessionFileSystem, .sessionSchedule, .sessionSQLDatabase, .sessionStorage, .skills,
    .sprites, .statelessTodoList, .subagents, .systemCommands, .testMath, .testWeather,
    .toolOutputPersistence, .virtualBash, .webFetch,
  ]
}

import Foundation
import ProviderFakes

// Serves a fake of a model provider until it is stopped, to try a driver by hand:
//
//   swift run fakeprovider openai_completions 8080

let words = CommandLine.arguments
guard words.count > 1, let service = Service(rawValue: words[1]),
  let port = UInt16(words.count > 2 ? words[2] : "0")
else {
  let types = Service.allCases.map(\.providerType).joined(separator: "|")
  FileHandle.standardError.write(Data("usage: fakeprovider \(types) [PORT]\n".utf8))
  exit(64)
}
do {
  let fake = ProviderFake(service)
  let server = try LoopbackServer(fake, port: port)
  FileHandle.standardOutput.write(
    Data("base URL \(server.baseURL)\nkey \(fake.key)\nmodels \(service.models)\n".utf8))
  withExtendedLifetime(server) {
    while true { Thread.sleep(forTimeInterval: 3600) }
  }
} catch {
  FileHandle.standardError.write(Data("error: \(error)\n".utf8))
  exit(74)
}

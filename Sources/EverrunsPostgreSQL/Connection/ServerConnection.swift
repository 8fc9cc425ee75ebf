#if PostgreSQL
  import CPostgreSQL
  import EverrunsStore
  import Foundation

  /// A connection to a PostgreSQL server.
  ///
  /// Nothing here waits within the library: whoever waits is asked ten times a second whether it
  /// still should, and an answer that is no longer wanted is cancelled on the server.
  final class ServerConnection {
    private let handle: OpaquePointer
    /// Asked again and again while the server is waited for; what it throws ends the wait.
    var stillWaiting: () throws -> Void = {}

    /// How long a server may take to answer a new connection, unless the address says otherwise.
    private static let patience = 10

    /// Connects to a server.
    ///
    /// - Throws: ``ServerFailure``
    init(_ address: StoreAddress) throws {
      let parameters: [(name: String, value: String)] = [
        ("dbname", address.secretText), ("fallback_application_name", "everrunsctl"),
        ("client_encoding", "UTF8"),
      ]
      let started = Self.withStrings(parameters.map(\.name)) { names in
        Self.withStrings(parameters.map(\.value)) { PQconnectStartParams(names, $0, 1) }
      }
      guard let started else { throw ServerFailure(sqlState: nil, message: "out of memory") }
      handle = started
      try connect(patience: Self.patience(of: address))
    }

    deinit { PQfinish(handle) }

    private func connect(patience: Int) throws {
      guard PQstatus(handle) != CONNECTION_BAD else { throw failure() }
      // The code of a refusal is only in a verbose message, and only if that is asked for before.
      PQsetErrorVerbosity(handle, PQERRORS_VERBOSE)
      let deadline = Date().addingTimeInterval(Double(patience))
      var state = PGRES_POLLING_WRITING
      while state != PGRES_POLLING_OK {
        guard state != PGRES_POLLING_FAILED else { throw failure() }
        while try !wait(for: state == PGRES_POLLING_READING ? POLLIN : POLLOUT) {
          guard Date() < deadline else {
            throw ServerFailure(sqlState: nil, message: "no answer within \(patience) seconds")
          }
        }
        state = PQconnectPoll(handle)
      }
      PQsetErrorVerbosity(handle, PQERRORS_DEFAULT)
    }

    /// How many seconds an address or the environment gives a server to answer.
    private static func patience(of address: StoreAddress) -> Int {
      let inAddress = StoreAddress.parameters(of: address)?["connect_timeout"]
      let given = inAddress ?? ProcessInfo.processInfo.environment["PGCONNECT_TIMEOUT"]
      return given.flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil } ?? patience
    }

    /// The version of the server, such as 150018.
    var serverVersion: Int { Int(PQserverVersion(handle)) }

    // MARK: Statements

    /// Runs one statement, and hands over each row of its answer as it comes.
    ///
    /// - Parameter parameters: What `$1`, `$2` and so on stand for; `nil` for NULL.
    /// - Returns: How many rows it changed, or found.
    /// - Throws: ``ServerFailure``, what the body throws, or what ended the wait.
    @discardableResult
    func run(
      _ sql: String, _ parameters: [String?] = [], _ body: (ServerRow) throws -> Void = { _ in }
    ) throws -> Int {
      let isSent = Self.withStrings(parameters) {
        PQsendQueryParams(handle, sql, Int32(parameters.count), nil, $0, nil, nil, 0)
      }
      guard isSent == 1 else { throw failure() }
      PQsetSingleRowMode(handle)
      return try results(body)
    }

    /// Makes a value of each row of an answer.
    func map<Value>(
      _ sql: String, _ parameters: [String?] = [], _ body: (ServerRow) throws -> Value
    ) throws -> [Value] {
      var values: [Value] = []
      try run(sql, parameters) { values.append(try body($0)) }
      return values
    }

    /// Makes a value of the first row of an answer; `nil` where it has none.
    func first<Value>(
      _ sql: String, _ parameters: [String?] = [], _ body: (ServerRow) throws -> Value
    ) throws -> Value? {
      try map(sql, parameters, body).first
    }

    /// Sends rows into a table, in the text format of `COPY`.
    ///
    /// - Parameter rows: Calls its argument with each row.
    func copy(
      into table: String, columns: [String], _ rows: (([String?]) throws -> Void) throws -> Void
    ) throws {
      guard
        PQsendQuery(handle, "COPY \(table) (\(columns.joined(separator: ", "))) FROM STDIN") == 1
      else { throw failure() }
      var lines = CopyLines()
      var problem: (any Error)?
      do {
        try awaitResult()
        guard let result = PQgetResult(handle) else { throw failure() }
        defer { PQclear(result) }
        guard PQresultStatus(result) == PGRES_COPY_IN else { throw failure(result) }
        try rows { row in
          lines.append(row)
          if lines.isFull { try send(&lines) }
        }
        try send(&lines)
        PQputCopyEnd(handle, nil)
      } catch {
        problem = error
        PQputCopyEnd(handle, "given up")
      }
      do {
        try results { _ in }
      } catch {
        problem = problem ?? error
      }
      if let problem { throw problem }
    }

    private func send(_ lines: inout CopyLines) throws {
      try stillWaiting()
      let isSent = lines.bytes.withUnsafeBytes {
        PQputCopyData(handle, $0.baseAddress?.assumingMemoryBound(to: CChar.self), Int32($0.count))
      }
      guard isSent == 1 else { throw failure() }
      lines.bytes.removeAll(keepingCapacity: true)
    }

    /// Reads all results of what was sent.
    @discardableResult
    private func results(_ body: (ServerRow) throws -> Void) throws -> Int {
      var problem: (any Error)?
      var count = 0
      while true {
        if problem == nil {
          do {
            try awaitResult()
          } catch {
            problem = error
            cancel()
          }
        }
        guard let result = PQgetResult(handle) else { break }
        defer { PQclear(result) }
        switch PQresultStatus(result) {
        case PGRES_SINGLE_TUPLE:
          guard problem == nil else { continue }
          do {
            try body(ServerRow(result))
          } catch {
            problem = error
            cancel()
          }
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK:
          count = Int(String(cString: PQcmdTuples(result))) ?? count
        default: problem = problem ?? failure(result)
        }
      }
      if let problem { throw problem }
      return count
    }

    private func awaitResult() throws {
      while PQisBusy(handle) == 1 {
        if try wait(for: POLLIN) {
          guard PQconsumeInput(handle) == 1 else { throw failure() }
        }
      }
    }

    /// Asks the server to give up what it is doing, over a connection of its own.
    private func cancel() {
      guard let request = PQgetCancel(handle) else { return }
      var reason = [CChar](repeating: 0, count: 256)
      PQcancel(request, &reason, Int32(reason.count))
      PQfreeCancel(request)
    }

    /// Waits a tenth of a second for the connection.
    ///
    /// - Returns: whether it is ready.
    private func wait(for events: Int32) throws -> Bool {
      var descriptor = pollfd(fd: PQsocket(handle), events: Int16(events), revents: 0)
      try stillWaiting()
      return poll(&descriptor, 1, 100) != 0
    }

    // MARK: Failures

    private func failure(_ result: OpaquePointer? = nil) -> ServerFailure {
      func field(_ code: Character) -> String? {
        result.flatMap { PQresultErrorField($0, Int32(code.asciiValue ?? 0)) }
          .map { String(cString: $0) }
      }
      // PG_DIAG_MESSAGE_PRIMARY and its like are the letters of the protocol
      // (postgresql.org/docs/current/protocol-error-fields.html).
      guard let message = field("M") else {
        return ServerFailure(connecting: String(cString: PQerrorMessage(handle)))
      }
      return ServerFailure(
        sqlState: field("C"), message: message, table: field("t"), subject: field("n") ?? field("c")
      )
    }

    /// Runs a body with C strings, which end with a null.
    private static func withStrings<Value>(
      _ strings: [String?], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Value
    ) -> Value {
      let copies = strings.map { $0.flatMap { strdup($0) } }
      defer { for copy in copies { free(copy) } }
      return (copies.map { $0.map { UnsafePointer($0) } } + [nil]).withUnsafeBufferPointer {
        body($0.baseAddress)
      }
    }
  }

  extension ServerFailure {
    /// The failure that a message about a connection tells.
    ///
    /// A refusal has its code between `FATAL:` and the words, since the message is verbose.
    fileprivate init(connecting message: String) {
      let lines = message.split(separator: "\n").map(String.init)
      let line = lines.first { $0.contains("FATAL:") } ?? lines.first ?? "the connection broke"
      if let refusal = line.firstMatch(of: /FATAL:\s+([0-9A-Z]{5}): (.*)/) {
        self.init(sqlState: String(refusal.1), message: String(refusal.2))
      } else {
        self.init(
          sqlState: nil, message: String(line.trimmingPrefix("connection to server ")))
      }
    }
  }

  extension StoreAddress {
    /// The parameters that an address names; `nil` where libpq cannot read it.
    static func parameters(of address: StoreAddress) -> [String: String]? {
      // The message about a malformed address quotes all of it, and so is not asked for.
      guard let options = PQconninfoParse(address.secretText, nil) else { return nil }
      defer { PQconninfoFree(options) }
      var parameters: [String: String] = [:]
      var option = options
      while let keyword = option.pointee.keyword {
        if let value = option.pointee.val {
          parameters[String(cString: keyword)] = String(cString: value)
        }
        option += 1
      }
      return parameters
    }
  }
#endif

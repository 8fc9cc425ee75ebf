#if PostgreSQL
  import CPostgreSQL
  import EverrunsStore
  import Foundation

  /// A connection to a PostgreSQL server.
  ///
  /// libpq never blocks here: while the server is busy, ``stillWaiting`` is called ten times a
  /// second and can throw, which cancels the statement on the server.
  final class ServerConnection {
    let handle: OpaquePointer
    /// Called while waiting for the server; throw to cancel.
    var stillWaiting: () throws -> Void

    /// The default connection timeout in seconds.
    private static let patience = 10
    /// How long to wait for the answer to a cancelled statement, in milliseconds.
    private static let patienceAfterCancelling: Int32 = 500

    /// Connects to a server.
    ///
    /// - Parameters:
    ///   - address: The address of a database.
    ///   - stillWaiting: Called while waiting for the server, from now on; throw to give up.
    /// - Throws: ``ServerFailure``, or the error that `stillWaiting` throws.
    init(_ address: StoreAddress, stillWaiting: @escaping () throws -> Void = {}) throws {
      self.stillWaiting = stillWaiting
      let parameters: [(name: String, value: String)] = [
        ("dbname", address.secretText), ("fallback_application_name", "everrunsctl"),
        ("client_encoding", "UTF8"),
      ]
      let started = Self.withStrings(parameters.map(\.name)) { names in
        Self.withStrings(parameters.map(\.value)) { PQconnectStartParams(names, $0, 1) }
      }
      guard let started else { throw ServerFailure(sqlState: nil, message: "out of memory") }
      handle = started
      // By default libpq writes notices to standard error.
      PQsetNoticeProcessor(handle, { _, _ in }, nil)
      try connect(patience: Self.patience(of: address))
      // Such a database may hold any bytes; otherwise the server would refuse to send them.
      if encoding == Self.anyBytes { try run("SET client_encoding = \(Self.anyBytes)") }
    }

    deinit { PQfinish(handle) }

    private func connect(patience: Int) throws {
      guard PQstatus(handle) != CONNECTION_BAD else { throw failure() }
      // Only a verbose message has the SQLSTATE of a refused connection; it must be requested
      // first.
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

    /// The connection timeout in seconds, from the address or the environment.
    private static func patience(of address: StoreAddress) -> Int {
      let inAddress = StoreAddress.parameters(of: address)?["connect_timeout"]
      let given = inAddress ?? ProcessInfo.processInfo.environment["PGCONNECT_TIMEOUT"]
      return given.flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil } ?? patience
    }

    /// The encoding of the database, as the server calls it: `UTF8`.
    var encoding: String {
      PQparameterStatus(handle, "server_encoding").map { String(cString: $0) } ?? ""
    }

    /// Whether the database can store every character but U+0000.
    var holdsAllCharacters: Bool { ["UTF8", Self.anyBytes].contains(encoding) }

    /// Whether texts of the database may be invalid.
    var holdsAnyBytes: Bool { encoding == Self.anyBytes }

    /// The encoding of a database that takes texts as they come.
    private static let anyBytes = "SQL_ASCII"

    // MARK: Statements

    /// Runs one statement and passes each row to the body as it arrives.
    ///
    /// - Parameters:
    ///   - sql: The statement.
    ///   - parameters: The values of `$1`, `$2` and so on; `nil` for NULL.
    ///   - body: Receives each row, which is valid until it returns.
    /// - Returns: The number of rows changed or found.
    /// - Throws: ``ServerFailure``, or the error that `body` or ``stillWaiting`` throws.
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

    /// Commits the current transaction.
    ///
    /// An interruption cancels what the server waits for; whether it committed is for its answer to
    /// say.
    ///
    /// - Throws: ``ServerFailure``, or the error that ``stillWaiting`` throws if nothing is committed.
    func commit() throws {
      guard PQsendQuery(handle, "COMMIT") == 1 else { throw failure() }
      try results(succeedsAfterCancelling: true) { _ in }
    }

    /// Maps each row to a value.
    func map<Value>(
      _ sql: String, _ parameters: [String?] = [], _ body: (ServerRow) throws -> Value
    ) throws -> [Value] {
      var values: [Value] = []
      try run(sql, parameters) { values.append(try body($0)) }
      return values
    }

    /// Maps the first row to a value; `nil` if there is none.
    func first<Value>(
      _ sql: String, _ parameters: [String?] = [], _ body: (ServerRow) throws -> Value
    ) throws -> Value? {
      try map(sql, parameters, body).first
    }

    /// Copies rows into a table with `COPY`.
    ///
    /// - Parameters:
    ///   - table: The table.
    ///   - columns: The columns, in the order of the values.
    ///   - rows: Calls its argument with each row; `nil` is NULL.
    /// - Throws: ``ServerFailure``, or the error that `rows` or ``stillWaiting`` throws; no row is
    ///   copied then.
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

    /// Reads all results of the current statement.
    ///
    /// - Parameters:
    ///   - succeedsAfterCancelling: Whether a cancelled statement that succeeded is not an error; it is
    ///     then waited for, however long it takes.
    ///   - body: Receives each row, which is valid until it returns.
    /// - Returns: The number of rows changed or found.
    /// - Throws: ``ServerFailure``, or the error that `body` or ``stillWaiting`` throws.
    @discardableResult
    private func results(
      succeedsAfterCancelling: Bool = false, _ body: (ServerRow) throws -> Void
    ) throws -> Int {
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
        if let problem, !succeedsAfterCancelling, !isAnswered(within: Self.patienceAfterCancelling)
        {
          throw problem
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
          if succeedsAfterCancelling { problem = nil }
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

    /// Whether the next result arrives within a time, in milliseconds.
    private func isAnswered(within patience: Int32) -> Bool {
      while PQisBusy(handle) == 1 {
        var descriptor = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
        guard poll(&descriptor, 1, patience) > 0, PQconsumeInput(handle) == 1 else { return false }
      }
      return true
    }

    /// Cancels the current statement, over a separate connection.
    private func cancel() {
      guard let request = PQgetCancel(handle) else { return }
      var reason = [CChar](repeating: 0, count: 256)
      PQcancel(request, &reason, Int32(reason.count))
      PQfreeCancel(request)
    }

    /// Waits up to a tenth of a second for the socket.
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
        sqlState: field("C"), message: message, table: field("t"),
        subject: field("n") ?? field("c"), detail: field("D"))
    }

    /// Runs a body with a null-terminated array of C strings.
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
    /// Creates a failure from a connection's error message.
    ///
    /// In a verbose message the SQLSTATE follows `FATAL:`.
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
    /// The connection parameters of an address; `nil` if it is malformed.
    static func parameters(of address: StoreAddress) -> [String: String]? {
      // libpq's error message would quote the address with its password.
      guard !address.scheme.isEmpty, !address.mayEndPasswordEarly,
        let options = PQconninfoParse(address.secretText, nil)
      else { return nil }
      defer { PQconninfoFree(options) }
      var parameters: [String: String] = [:]
      var option = options
      while let keyword = option.pointee.keyword {
        if let value = option.pointee.val {
          parameters[String(cString: keyword)] = String(cString: value)
        }
        option += 1
      }
      // A password without a host is in the position of the port.
      let ports = parameters["port", default: ""].split(separator: ",")
      return ports.allSatisfy { UInt16($0) != nil } ? parameters : nil
    }

    /// Whether a password may contain characters that should have been encoded: libpq would take
    /// the rest of it for a host or a database and quote that.
    private var mayEndPasswordEarly: Bool {
      let rest = secretText.dropFirst(scheme.count + 1).drop { $0 == "/" }
      let server = rest.prefix { !"/?#".contains($0) }
      let database = rest.dropFirst(server.count).prefix { $0 != "?" }
      return server.count { $0 == "@" } > 1 || !server.contains("@") && database.contains("@")
    }
  }
#endif

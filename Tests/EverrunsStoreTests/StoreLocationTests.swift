import Foundation
import Messages
import Testing

@testable import EverrunsStore

@Suite struct StoreLocationTests {
  @Test(arguments: [
    ("store.db", StoreLocation.file(path: "store.db")),
    ("/var/lib/store.db", .file(path: "/var/lib/store.db")),
    ("file:store.db", .file(path: "file:store.db")),
    ("./postgres://host", .file(path: "./postgres://host")),
    ("a b://c", .file(path: "a b://c")),
    ("host=h", .file(path: "host=h")),
    ("passwords=1", .file(path: "passwords=1")),
    ("", .file(path: "")),
  ])
  func `a location without a scheme is a path`(text: String, location: StoreLocation) {
    #expect(StoreLocation(text) == location)
    #expect(StoreLocation(text).description == text)
  }

  @Test(arguments: [
    ("postgres://host/db", "postgres://host/db"),
    ("postgres://ann@host:5432/db", "postgres://ann@host:5432/db"),
    ("postgres://ann:secret@host:5432/db", "postgres://ann:***@host:5432/db"),
    ("postgres://ann:se:cr@et/?#@host/db", "postgres://ann:***@host/db"),
    ("postgres://ann:@host/db", "postgres://ann:***@host/db"),
    ("postgres://host/db?password=secret", "postgres://host/db?password=***"),
    (
      "postgres://host/db?user=ann&password=secret&sslpassword=other&x=1",
      "postgres://host/db?user=ann&password=***&sslpassword=***&x=1"
    ),
    ("PostgreSQL://ann:secret@host", "PostgreSQL://ann:***@host"),
    (
      "postgres://host/db?%70assword=secret&application_name=a:b",
      "postgres://host/db?%70assword=***&application_name=a:b"
    ),
    ("postgres://ann:secret", "postgres://ann:***"),
    ("postgres://ann:secret/db?x=1", "postgres://ann:***"),
    ("postgres://ann:sec@ret", "postgres://ann:***@ret"),
    ("postgres://:secret@host", "postgres://:***@host"),
    ("postgres:/ann:secret@host/db", "postgres:/ann:***@host/db"),
    ("postgres:ann:secret@host/db", "postgres:ann:***@host/db"),
    ("postgres://[::1]:5432/db", "postgres://[::1]:5432/db"),
    ("postgres://ann:secret@[fe80::1]:5432/db", "postgres://ann:***@[fe80::1]:5432/db"),
    ("postgres://a:1,b:2/db?host=/run/postgresql", "postgres://a:1,b:2/db?host=/run/postgresql"),
    ("postgres//ann:secret@host/db", "postgres//ann:***@host/db"),
    (" postgres://ann:secret@host/db", "postgres://ann:***@host/db"),
    ("mysql://ann:secret@host/db", "mysql://ann:***@host/db"),
    (
      "jdbc:postgresql://host/db?user=ann&password=secret",
      "jdbc:postgresql://host/db?user=ann&password=***"
    ),
    ("postgres://ann:s%65cret@host/db", "postgres://ann:***@host/db"),
    ("host=h password=secret", "host=h password=***"),
    ("password = 'a secret' host=h", "password =***"),
    ("host=h\tsslPassword=secret", "host=h\tsslPassword=***"),
  ])
  func `an address shows no password`(text: String, shown: String) {
    let location = StoreLocation(text)
    #expect(location.path == nil)
    #expect(location.description == shown)
    #expect("\(location)" == shown)
    #expect("\(StoreError.busy(location))".contains("secret") == false)
  }

  @Test(arguments: [
    ("postgres://ann:secret@host/db", "postgres://ann:***@host/db"),
    ("--store=postgres://ann:secret@host/db", "--store=postgres://ann:***@host/db"),
    ("-spostgres://ann:secret@host/db", "-spostgres://ann:***@host/db"),
    ("-qspostgres://ann:secret@host/db", "-qspostgres://ann:***@host/db"),
    ("-spostgresql:ann:secret@host/db", "-spostgresql:ann:***@host/db"),
    ("--store=mysql://ann:secret@host/db", "--store=mysql://ann:***@host/db"),
    ("--store=host=h password=secret", "--store=host=h password=***"),
    ("-shost=h password=secret", "-shost=h password=***"),
    ("-spassword=secret", "-spassword=***"),
    ("--reason=postgres: at 10:30", "--reason=postgres: at 10:30"),
    ("--reason=see https://host:1 of ann@host", "--reason=see https://host:1 of ann@host"),
    ("store.db", "store.db"),
  ])
  func `a word of the command line shows no password`(word: String, shown: String) {
    #expect(StoreAddress.maskingPassword(in: word) == shown)
    #expect(
      StoreAddress.maskingPasswords(in: "unknown '\(word)'", of: [word]) == "unknown '\(shown)'")
  }

  @Test func `a text shows no password of a word that it quotes in part`() {
    #expect(
      StoreAddress.maskingPasswords(
        in: "'postgres://ann:secret@host' is too much", of: ["--store=postgres://ann:secret@host"])
        == "'postgres://ann:***@host' is too much")
  }

  @Test func `a text shows no password of a word that it escapes or shortens`() {
    let secret = "se\u{1B}cret" + String(repeating: "x", count: 100)
    let word = "--name=postgres://ann:\(secret)@host"
    #expect(
      StoreAddress.maskingPasswords(in: "nothing is named \(word.quoted)", of: [word])
        == "nothing is named '--name=postgres://ann:***@host'")
  }

  @Test(
    arguments: [
      (["XDG_DATA_HOME": "/data", "HOME": "/home"], "/data/everruns/store.db"),
      (["XDG_DATA_HOME": "data", "HOME": "/home"], "/home/.local/share/everruns/store.db"),
      (["HOME": "/home"], "/home/.local/share/everruns/store.db"),
    ] as [([String: String], String)])
  func `the default store is in the data folder`(
    environment: [String: String], path: String
  ) throws {
    #expect(try StoreLocation.standard { environment[$0] } == .file(path: path))
  }

  @Test func `without a data folder there is no default store`() {
    #expect(throws: StoreError.noLocation) { try StoreLocation.standard { _ in nil } }
  }

  @Test func `a location of an unknown kind of store is refused`() {
    let kinds = StoreKinds([.sqlite])
    let location = StoreLocation("postgres://ann:secret@host/db")
    #expect(throws: StoreError.unsupported(location)) { try kinds.openForReading(location) }
    #expect(throws: StoreError.unsupported(location)) { try kinds.openForWriting(location) }
    #expect(throws: StoreError.unsupported(location)) { try kinds.checkCreation(at: location) }
    #expect(throws: StoreError.unsupported(location)) { try kinds.emptyStore(at: location) }
  }
}

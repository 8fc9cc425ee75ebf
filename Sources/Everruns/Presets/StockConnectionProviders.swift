/// The connection providers of the stock platform, sorted by id.
enum StockConnectionProviders {
  static let all: [ConnectionProviderDescriptor] = [
    ConnectionProviderDescriptor(
      id: "brave_search",
      displayName: "Brave Search",
      description: "Key-based access to the Brave web search service.",
      icon: "search",
      connectionType: .apiKey,
      formSchema: ConnectionFormSchema(
        fields: [
          FormField(
            name: "api_key",
            label: "API Key",
            fieldType: .password,
            isRequired: true,
            placeholder: "BSA...")
        ],
        instructionsMarkdown: """
          Create a search key at [brave.com/search/api](https://brave.com/search/api/) and enter \
          it here.
          """),
      isExperimental: true),
    ConnectionProviderDescriptor(
      id: "browserless",
      displayName: "Browserless",
      description: "Token-based access to hosted headless browsers.",
      icon: "browserless",
      connectionType: .apiKey,
      formSchema: ConnectionFormSchema(
        fields: [
          FormField(
            name: "api_key",
            label: "API Token",
            fieldType: .password,
            isRequired: true,
            placeholder: "your-browserless-api-token")
        ],
        instructionsMarkdown: """
          Copy the token shown on your [Browserless account \
          page](https://www.browserless.io/account/home).
          """)),
    ConnectionProviderDescriptor(
      id: "daytona",
      displayName: "Daytona",
      description: "Key-based access to Daytona workspaces.",
      icon: "cloud",
      connectionType: .apiKey,
      formSchema: ConnectionFormSchema(
        fields: [
          FormField(
            name: "api_key",
            label: "API Key",
            fieldType: .password,
            isRequired: true,
            placeholder: "your-daytona-api-key")
        ],
        instructionsMarkdown: """
          Make a key in the [Daytona dashboard](https://app.daytona.io) and enter it here.
          """)),
    ConnectionProviderDescriptor(
      id: "deno",
      displayName: "Deno Deploy",
      description: "Token-based access to Deno sandboxes.",
      icon: "server",
      connectionType: .apiKey,
      formSchema: ConnectionFormSchema(
        fields: [
          FormField(
            name: "api_key",
            label: "Access Token",
            fieldType: .password,
            isRequired: true,
            placeholder: "ddo_... or ddp_...",
            helpText: "Organization tokens begin with ddo_, personal ones with ddp_."),
          FormField(
            name: "org_slug",
            label: "Organization Slug",
            placeholder: "my-org",
            helpText: "Only needed together with a personal token."),
        ],
        instructionsMarkdown: """
          Make an access token in the [Deno console](https://console.deno.com). With a personal \
          token, give the organization slug as well.
          """)),
    ConnectionProviderDescriptor(
      id: "github",
      displayName: "GitHub",
      description: "Sign-in with a GitHub account.",
      icon: "github",
      connectionType: .oauth),
    ConnectionProviderDescriptor(
      id: "sprites",
      displayName: "Sprites",
      description: "Token-based access to Sprites machines.",
      icon: "sprites",
      connectionType: .apiKey,
      formSchema: ConnectionFormSchema(
        fields: [
          FormField(
            name: "api_key",
            label: "API Token",
            fieldType: .password,
            isRequired: true,
            placeholder: "your-sprites-api-token")
        ],
        instructionsMarkdown: """
          Install the command-line client from [sprites.dev](https://sprites.dev/install.sh), \
          run `sprite login`, then create a token and enter it here.
          """)),
  ]
}

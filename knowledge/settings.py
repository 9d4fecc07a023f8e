"""Settings, each from an environment variable HTX_<NAME> or a .env file."""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Where the library lives. The defaults need nothing but this machine."""

    model_config = SettingsConfigDict(env_prefix="HTX_", env_file=".env", extra="ignore")

    data_dir: Path = Path("data")
    """Folder of the database and the indexes."""
    papers_dir: Path = Path("papers")
    """Folder whose papers are ingested at start beside the bundled ones."""
    database_url: str = ""
    """SQLAlchemy address of the database; empty: SQLite in the data folder."""
    chroma_url: str = ""
    """Address of a Chroma server (http://host:port); empty: embedded, in the data folder."""
    embedding_model: str = ""
    """Folder of a sentence-transformers model to use instead of the shipped one; an index made with another is rebuilt."""
    sites_file: Path | None = None
    """TOML file of the sites that may show the widget; none: sites.toml in the data folder."""
    secret: SecretStr = SecretStr("")
    """Secret that signs the widget's session tokens; empty: a new one at each start. Processes that serve together need the same."""
    api_key: SecretStr = SecretStr("")
    """Key that callers of /v1 and /mcp must send as a bearer token; empty: any key or none is taken."""
    llm: str = ""
    """Language model as provider:model (openai:… for any OpenAI-compatible server, anthropic:…, google_genai:…); empty: none."""
    llm_url: str = ""
    """Address of its server, such as http://127.0.0.1:8001/v1; empty: the provider's own."""
    llm_key: SecretStr = SecretStr("")
    """Key of its server; empty: none is sent to a server of one's own, the provider's own variable is read otherwise."""
    llm_timeout: float = Field(default=30.0, gt=0)
    """Seconds for a whole reply; after them the built-in answer is shown."""
    llm_retries: int = Field(default=1, ge=0, le=5)
    """How often a call that could not be made is tried again."""
    llm_at_once: int = Field(default=4, ge=1)
    """Calls at once; a question beyond them gets the built-in answer."""
    host: str = "127.0.0.1"
    port: int = 8000

    @property
    def sql_url(self) -> str:
        return self.database_url or f"sqlite:///{(self.data_dir / 'library.sqlite3').absolute()}"

// Browsers load no modules from files: the search page says so, and shows the columns instead.
if (location.protocol === "file:") {
  const status = document.getElementById("search-status");
  status.textContent = status.dataset.local;
  document.getElementById("search-ways").hidden = false;
}

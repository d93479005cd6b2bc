(function () {
  var root = document.documentElement;
  root.className = 'js';
  function appearance() {
    try {
      var theme = localStorage.getItem('prepbook:theme');
      if (theme === 'light' || theme === 'dark') root.setAttribute('data-theme', theme);
      else root.removeAttribute('data-theme');
    } catch (e) {
      // Storage is switched off: the system's choice holds.
    }
  }
  appearance();
  // Chosen on another page, before this one came back or while it was open.
  addEventListener('pageshow', appearance);
  addEventListener('storage', appearance);
})();

// Zoom and read values: fetches Plotly and the figure after a tap, or when idle on a wide screen.

const WIDE = "(min-width: 60rem)";
const SIZES = { night: 6, imported: 6, late: 7, edited: 13, helped: 11, conflict: 15 };
const SYMBOLS = {
  night: "circle",
  imported: "square",
  late: "circle-open",
  edited: "line-ew-open",
  helped: "triangle-up-open",
  conflict: "circle-open",
};

let loading; // one script for the page, however often it is asked for

function load(data) {
  loading ??= new Promise((resolve, reject) => {
    const style = document.createElement("link");
    // With this name Plotly takes its rules from here and writes none into the page.
    style.id = "plotly.js-style-global";
    style.className = "no-inline-styles";
    style.rel = "stylesheet";
    style.integrity = data.styleIntegrity;
    style.href = data.style;
    const script = document.createElement("script");
    script.integrity = data.scriptIntegrity;
    script.src = data.script;
    script.onload = () => resolve(globalThis.Plotly);
    script.onerror = () => {
      loading = undefined;
      reject(new Error("no script"));
    };
    document.head.append(style, script);
  });
  return loading;
}

class FigureZoom extends HTMLElement {
  connectedCallback() {
    this.chart = this.querySelector("[data-chart]");
    this.button("open").addEventListener("click", () => this.show());
    this.button("close").addEventListener("click", () => this.hide());
    for (const step of this.querySelectorAll("[data-step]")) {
      step.addEventListener("click", () => this.zoom(Number(step.dataset.step)));
    }
    this.state(false);
    if (matchMedia(WIDE).matches && "requestIdleCallback" in window) {
      requestIdleCallback(() => this.show());
    }
  }

  button(name) {
    return this.querySelector(`[data-${name}]`);
  }

  state(isOpen) {
    this.querySelector("[data-picture]").hidden = isOpen;
    this.chart.hidden = !isOpen;
    this.button("open").hidden = isOpen;
    this.button("close").hidden = !isOpen;
    for (const step of this.querySelectorAll("[data-step]")) step.hidden = !isOpen;
  }

  async show() {
    const told = this.querySelector("[data-status]");
    const asked = document.activeElement === this.button("open");
    told.textContent = "";
    this.setAttribute("aria-busy", "true");
    try {
      const [plotly, answer] = await Promise.all([
        load(this.dataset),
        fetch(this.dataset.figure, { redirect: "error" }),
      ]);
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      const figure = await answer.json();
      this.state(true);
      await plotly.newPlot(this.chart, this.painted(figure), this.laidOut(figure), {
        displayModeBar: false,
        responsive: true,
        scrollZoom: false,
      });
      if (asked) this.button("close").focus();
    } catch {
      this.state(false);
      told.textContent = this.dataset.failed;
    }
    this.removeAttribute("aria-busy");
  }

  hide() {
    this.state(false);
    this.button("open").focus();
  }

  zoom(factor) {
    const axis = this.chart.layout.xaxis;
    const [from, to] = axis.range.map((end) => new Date(end).getTime());
    const [middle, half] = [(from + to) / 2, ((to - from) / 2) * factor];
    const range = [middle - half, middle + half].map((at) =>
      new Date(at).toISOString(),
    );
    return globalThis.Plotly.relayout(this.chart, { "xaxis.range": range });
  }

  colour(name) {
    return getComputedStyle(this).getPropertyValue(`--${name}`).trim();
  }

  painted(figure) {
    const series = this.colour("series");
    for (const trace of figure.data) {
      if (trace.meta === "mean") trace.line = { color: series, width: 2.5 };
      else {
        trace.marker = {
          color: trace.meta === "conflict" ? this.colour("text") : series,
          symbol: SYMBOLS[trace.meta],
          size: SIZES[trace.meta],
          opacity: trace.meta === "night" || trace.meta === "imported" ? 0.85 : 1,
        };
      }
    }
    return figure.data;
  }

  laidOut({ layout }) {
    const [text, muted, line] = ["text", "muted", "line"].map((name) =>
      this.colour(name),
    );
    for (const shape of layout.shapes) {
      const fill = { baseline: "baseline-band", phase: "raised" }[shape.name];
      if (fill) shape.fillcolor = this.colour(fill);
      else shape.line.color = shape.name === "mark" ? this.colour("series") : muted;
      if (shape.label) shape.label.font = { color: text, size: 11 };
    }
    const axis = { gridcolor: line, linecolor: line, zeroline: false };
    return {
      ...layout,
      title: undefined, // it stands above already
      height: 320,
      margin: { l: 44, r: 12, t: 12, b: 36 },
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      font: { color: muted, family: getComputedStyle(this).fontFamily, size: 12 },
      hoverlabel: { bgcolor: this.colour("raised"), font: { color: text } },
      xaxis: { ...layout.xaxis, ...axis },
      yaxis: { ...layout.yaxis, ...axis },
    };
  }
}

customElements.define("figure-zoom", FigureZoom);

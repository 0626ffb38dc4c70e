package io.orrery.perf.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Draws lines into a box with axes, as SVG for a page: no script is needed to see it, and one finds in {@code data-plot} what it needs to
 * show values under the pointer. Colours and sizes come from the page's style.
 */
final class Plot {
    static final double WIDTH = 560;
    static final double HEIGHT = 250;
    static final double LEFT = 58;
    static final double RIGHT = WIDTH - 14;
    static final double TOP = 12;
    static final double BOTTOM = HEIGHT - 34;

    private final String label;
    private final List<Tick> xTicks;
    private final List<Tick> yTicks;
    private final List<Line> lines = new ArrayList<>();
    private final StringBuilder background = new StringBuilder();
    private String readout = "";

    Plot(final String label, final List<Tick> xTicks, final List<Tick> yTicks) {
        this.label = label;
        this.xTicks = xTicks;
        this.yTicks = yTicks;
    }

    /** Shades a part of the box, from one x to another, in drawing units. */
    void shade(final double fromX, final double toX) {
        background.append("<rect class=\"plateau\" x=\"").append(Numbers.coordinate(fromX)).append("\" y=\"")
            .append(Numbers.coordinate(TOP))
            .append("\" width=\"").append(Numbers.coordinate(toX - fromX)).append("\" height=\"").append(Numbers.coordinate(BOTTOM - TOP))
            .append("\"/>");
    }

    /** What the pointer's x means: {@code time,from,to} or {@code percentile,decades}. */
    void readout(final String scale) {
        readout = scale;
    }

    void add(final Line line) {
        lines.add(line);
    }

    String svg() {
        final StringBuilder svg = new StringBuilder(4096);
        svg.append("<svg class=\"plot\" viewBox=\"0 0 ").append(Numbers.coordinate(WIDTH)).append(' ').append(Numbers.coordinate(HEIGHT))
            .append("\" role=\"img\" aria-label=\"").append(Html.escape(label)).append("\" data-plot=\"").append(Html.escape(json()))
            .append("\">").append(background);
        for (final Tick tick : yTicks) {
            final String y = Numbers.coordinate(tick.at());
            svg.append("<line class=\"grid\" x1=\"").append(Numbers.coordinate(LEFT)).append("\" x2=\"").append(Numbers.coordinate(RIGHT))
                .append("\" y1=\"").append(y).append("\" y2=\"").append(y).append("\"/><text class=\"y\" x=\"")
                .append(Numbers.coordinate(LEFT - 7)).append("\" y=\"").append(Numbers.coordinate(tick.at() + 4)).append("\">")
                .append(Html.escape(tick.text())).append("</text>");
        }
        svg.append("<g class=\"xs\">");
        for (final Tick tick : xTicks) {
            final String x = Numbers.coordinate(tick.at());
            svg.append("<line class=\"tick\" x1=\"").append(x).append("\" x2=\"").append(x).append("\" y1=\"")
                .append(Numbers.coordinate(BOTTOM)).append("\" y2=\"").append(Numbers.coordinate(BOTTOM + 4))
                .append("\"/><text class=\"").append(tick.at() > RIGHT - 1 ? "x end" : "x")
                .append("\" x=\"").append(x).append("\" y=\"").append(Numbers.coordinate(BOTTOM + 19)).append("\">")
                .append(Html.escape(tick.text())).append("</text>");
        }
        svg.append("</g><line class=\"axis\" x1=\"").append(Numbers.coordinate(LEFT)).append("\" x2=\"").append(Numbers.coordinate(RIGHT))
            .append("\" y1=\"").append(Numbers.coordinate(BOTTOM)).append("\" y2=\"").append(Numbers.coordinate(BOTTOM)).append("\"/>");
        for (int i = lines.size() - 1; i >= 0; i--) {
            svg.append("<path class=\"line c").append(i).append("\" d=\"").append(path(lines.get(i))).append("\"/>");
        }
        return svg.append("</svg>").toString();
    }

    String legend() {
        final StringBuilder legend = new StringBuilder("<ul class=\"legend\">");
        for (int i = 0; i < lines.size(); i++) {
            legend.append("<li class=\"c").append(i).append("\">").append(Html.escape(lines.get(i).name())).append("</li>");
        }
        return legend.append("</ul>").toString();
    }

    private static String path(final Line line) {
        final StringBuilder path = new StringBuilder();
        boolean isPenDown = false;
        for (int i = 0; i < line.xs().length; i++) {
            if (Double.isNaN(line.ys()[i])) {
                isPenDown = false;
            } else {
                path.append(isPenDown ? 'L' : 'M').append(Numbers.coordinate(line.xs()[i])).append(' ')
                    .append(Numbers.coordinate(line.ys()[i]));
                isPenDown = true;
            }
        }
        return path.toString();
    }

    private String json() {
        final StringBuilder json = new StringBuilder("{\"scale\":\"").append(readout).append("\",\"lines\":[");
        for (int i = 0; i < lines.size(); i++) {
            final Line line = lines.get(i);
            json.append(i == 0 ? "" : ",").append("{\"name\":\"").append(Html.jsonSafe(line.name()))
                .append("\",\"points\":[");
            String comma = "";
            for (int point = 0; point < line.xs().length; point++) {
                if (!Double.isNaN(line.ys()[point])) {
                    json.append(comma).append('[').append(Numbers.coordinate(line.xs()[point])).append(',')
                        .append(Numbers.coordinate(line.ys()[point])).append(",\"").append(line.texts()[point]).append("\"]");
                    comma = ",";
                }
            }
            json.append("]}");
        }
        return json.append("]}").toString();
    }

    /** A mark on an axis, in drawing units, and its text. */
    record Tick(double at, String text) {
    }

    /** A line in drawing units, y NaN where the pen is lifted, with the value of each point as text. All of shape {@code [pointCount]}. */
    record Line(String name, double[] xs, double[] ys, String[] texts) {
    }
}
